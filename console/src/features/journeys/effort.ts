// What it takes customers to reach an activity: how it is spread, and how it changes from week to week. Pure.
import type { Effort } from '@/api/client';

export const MEASURES_OF_EFFORT = [
  'steps',
  'contacts',
  'channels',
  'channel_changes',
  'waiting_ms',
  'elapsed_ms',
] as const;
export type EffortMeasure = (typeof MEASURES_OF_EFFORT)[number];

/** Whether what is measured is time, in milliseconds; everything else is counted. */
export const isTime = (measure: EffortMeasure) => measure === 'waiting_ms' || measure === 'elapsed_ms';

/** How a measure is spread over all times that the goal was reached. */
export interface Spread {
  measure: EffortMeasure;
  p10: number;
  p25: number;
  p50: number;
  p75: number;
  p90: number;
  mean: number;
}

export interface TrendPoint {
  /** First day of the week. */
  from: string;
  runs: number;
  /** None in a week without any. */
  median: number | null;
  mean: number | null;
}

/** The spread of each measure; none of those without any run. */
export function spreadsOf({ measures }: Effort): Spread[] {
  return MEASURES_OF_EFFORT.flatMap((measure) => {
    const found = measures.find((each) => each.measure === measure);
    if (!found || found.p50 == null) return [];
    const { p10, p25, p50, p75, p90, mean } = found;
    return [{ measure, p10: p10 ?? p50, p25: p25 ?? p50, p50, p75: p75 ?? p50, p90: p90 ?? p50, mean: mean ?? p50 }];
  });
}

/** One measure from week to week. */
export function trendOf({ weeks }: Effort, measure: EffortMeasure): TrendPoint[] {
  return weeks.map(({ from, runs, measures }) => {
    const found = measures.find((each) => each.measure === measure);
    return { from, runs, median: found?.median ?? null, mean: found?.mean ?? null };
  });
}

/** Where the parts of a spread stand, as shares of the longest of it and of the one that it stands beside: the ends, the middle half, the
 * median and the mean. */
export function stripOf({ measure, p10, p25, p50, p75, p90, mean }: Spread, beside: Spread | null = null) {
  // Times have a few very long ones: the mean may lie beyond the ninth tenth. Of counts, less than one is next to nothing.
  const longest = Math.max(p90, mean, beside?.p90 ?? 0, beside?.mean ?? 0, isTime(measure) ? 1e-9 : 1);
  const at = (value: number) => value / longest;
  return { p10: at(p10), p25: at(p25), p50: at(p50), p75: at(p75), p90: at(p90), mean: at(mean) };
}

export interface TrendDrawing {
  /** The median as one line for each run of weeks that have one. */
  medians: readonly string[];
  means: readonly string[];
  points: readonly { x: number; y: number; index: number }[];
  levels: readonly { value: number; y: number }[];
}

/** The lines of a trend between `left` and `right`, `top` and `bottom`; weeks without anybody are gaps. */
export function trendDrawing(
  trend: readonly TrendPoint[],
  highest: number,
  { left, right, top, bottom }: { left: number; right: number; top: number; bottom: number },
): TrendDrawing {
  const round = (value: number) => Math.round(value * 10) / 10;
  const x = (index: number) => round(left + ((right - left) * (index + 0.5)) / Math.max(1, trend.length));
  const y = (value: number) => round(bottom - ((bottom - top) * value) / Math.max(highest, 1e-9));
  const lines = (value: (point: TrendPoint) => number | null) => {
    const found: string[] = [];
    let line = '';
    trend.forEach((point, index) => {
      const here = value(point);
      if (here === null) {
        if (line !== '') found.push(line);
        line = '';
      } else line += `${line === '' ? 'M' : 'L'}${x(index)} ${y(here)}`;
    });
    return line === '' ? found : [...found, line];
  };
  return {
    medians: lines(({ median }) => median),
    means: lines(({ mean }) => mean),
    points: trend.flatMap(({ median }, index) => (median === null ? [] : [{ x: x(index), y: y(median), index }])),
    levels: [0, 0.5, 1].map((part) => ({ value: part * highest, y: y(part * highest) })),
  };
}

const UNITS = [1, 1_000, 60_000, 3_600_000, 86_400_000];

/** A round value at or above all of a trend: of times, round in the largest unit that fits in. */
export function highestOf(trend: readonly TrendPoint[], measure: EffortMeasure): number {
  const most = Math.max(0, ...trend.flatMap(({ median, mean }) => [median ?? 0, mean ?? 0]));
  const unit = isTime(measure) ? (UNITS.findLast((each) => each <= most) ?? 1) : 1;
  const count = most / unit;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, count)));
  return unit * power * ([1, 2, 4, 6, 8].find((each) => count <= each * power) ?? 10);
}
