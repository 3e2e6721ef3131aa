// Where the parts of the trend of a score stand, for the screen and for files alike. Pure.
import type { Format } from '@/ui/use-format';
import { axisOf, type ScorePoint } from './scores';

export interface Place {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Trend {
  /** One line and one band for each run of periods in which enough answered. */
  lines: readonly string[];
  bands: readonly string[];
  /** A period between two gaps has no band: its interval is a line. */
  alone: readonly number[];
  points: readonly { x: number; y: number; low: number; high: number; index: number }[];
  /** Numbers with a line of their own. */
  levels: readonly { value: number; y: number }[];
  /** Periods in which some answered, but too few. */
  gaps: readonly { x: number; index: number }[];
  ticks: readonly { x: number; index: number }[];
}

const TICK_WIDTH = 84;

export function trendOf(points: readonly ScorePoint[], range: readonly number[], place: Place): Trend {
  const { left, right, top, bottom } = place;
  const axis = axisOf(
    points.map(({ score }) => score),
    range,
  );
  const round = (value: number) => Math.round(value * 10) / 10;
  const width = (right - left) / Math.max(1, points.length);
  const x = (index: number) => round(left + width * (index + 0.5));
  const y = (value: number) =>
    round(bottom - ((bottom - top) * (value - axis.low)) / Math.max(axis.high - axis.low, 1e-9));
  const drawn = points.flatMap(({ score }, index) =>
    score === null ? [] : [{ x: x(index), y: y(score.value), low: y(score.low), high: y(score.high), index }],
  );
  const runs: (typeof drawn)[] = [];
  for (const point of drawn) {
    const run = runs.at(-1);
    if (run?.at(-1)?.index === point.index - 1) run.push(point);
    else runs.push([point]);
  }
  const through = (places: readonly string[]) => places.join('L');
  const every = Math.max(1, Math.ceil(TICK_WIDTH / width));
  const count = Math.round((axis.high - axis.low) / axis.step);
  return {
    lines: runs.map((run) => `M${through(run.map((point) => `${point.x} ${point.y}`))}`),
    bands: runs
      .filter((run) => run.length > 1)
      .map(
        (run) =>
          `M${through([...run.map((point) => `${point.x} ${point.high}`), ...run.toReversed().map((point) => `${point.x} ${point.low}`)])}Z`,
      ),
    alone: runs.flatMap((run) => (run.length === 1 && run[0] ? [run[0].index] : [])),
    points: drawn,
    levels: Array.from({ length: count + 1 }, (_, index) => Math.min(axis.high, axis.low + index * axis.step)).map(
      (value) => ({ value, y: y(value) }),
    ),
    gaps: points.flatMap(({ score, answers }, index) =>
      score === null && answers > 0 ? [{ x: x(index), index }] : [],
    ),
    ticks: points.flatMap((_, index) => (index % every === 0 ? [{ x: x(index), index }] : [])),
  };
}

/** The day at a tick, with its year where it is not that of the tick before. */
export function tickText(points: readonly ScorePoint[], ticks: Trend['ticks'], at: number, format: Format): string {
  const dayOf = (tick: number) => points[ticks[tick]?.index ?? -1]?.firstDay ?? '';
  return format.day(dayOf(at), dayOf(at).slice(0, 4) !== dayOf(at - 1).slice(0, 4));
}
