// Who is new, stays, comes back and stays away, period by period, and where their bars stand. Pure.
import type { LifeCycle } from '@/api/client';

/** From the axis upwards, in this order; those who stay away are below it. */
export const ACTIVE_KINDS = ['returning', 'resurrected', 'new'] as const;
export type LifeCycleKind = (typeof ACTIVE_KINDS)[number] | 'dormant';
export const LIFE_CYCLE_KINDS: readonly LifeCycleKind[] = ['new', 'resurrected', 'returning', 'dormant'];

export type LifeCyclePeriod = LifeCycle['periods'][number];

export interface Bar {
  kind: LifeCycleKind;
  count: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface LifeCycleDrawing {
  width: number;
  height: number;
  /** Where the line between those who are there and those who stay away lies. */
  axis: number;
  left: number;
  /** One for each period, the bars from top to bottom. */
  columns: readonly { x: number; width: number; bars: readonly Bar[]; isNamed: boolean }[];
  levels: readonly { count: number; y: number }[];
}

const LEFT = 52;
const TOP = 12;
const BELOW = 28;
const HEIGHT = 280;
const NARROWEST = 7;
/** Room for the name of a period under its bar. */
const NAME_WIDTH = 84;

/** A round number at or above another: 1, 2 or 5 times a power of ten. */
export function roundUp(count: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, count)));
  return ([1, 2, 5].find((each) => count <= each * power) ?? 10) * power;
}

/** The bars, as wide as there is room for; wider than `room` where there are too many periods for it. */
export function lifeCycleDrawing(periods: readonly LifeCyclePeriod[], room: number): LifeCycleDrawing {
  const step = Math.max(NARROWEST, (room - LEFT - 8) / Math.max(1, periods.length));
  const most = Math.max(1, ...periods.map(({ active }) => active));
  const least = Math.max(0, ...periods.map(({ dormant }) => dormant));
  const scale = (HEIGHT - TOP - BELOW) / (most + least);
  const axis = TOP + most * scale;
  const gap = Math.min(8, step * 0.2);
  const every = Math.ceil(NAME_WIDTH / step);
  const columns = periods.map((period, index) => {
    const x = LEFT + index * step + gap / 2;
    const width = step - gap;
    const bars: Bar[] = [];
    let y = axis;
    for (const kind of ACTIVE_KINDS) {
      const height = period[kind] * scale;
      y -= height;
      bars.unshift({ kind, count: period[kind], x, y, width, height });
    }
    bars.push({ kind: 'dormant', count: period.dormant, x, y: axis, width, height: period.dormant * scale });
    return {
      x,
      width,
      bars: bars.filter(({ count }) => count > 0),
      isNamed: index % every === 0 && (periods.length - index) * step >= NAME_WIDTH - 8,
    };
  });
  const level = roundUp((most + least) / 6);
  const levels: { count: number; y: number }[] = [];
  for (let count = level; count <= least; count += level) levels.unshift({ count, y: axis + count * scale });
  for (let count = 0; count <= most; count += level) levels.unshift({ count, y: axis - count * scale });
  return { width: LEFT + periods.length * step + 8, height: HEIGHT, axis, left: LEFT, columns, levels };
}
