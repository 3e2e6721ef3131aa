// Where the parts of a small curve with its interval stand, for the screen and for files alike. Pure.

export interface Point {
  x: number;
  y: number;
}

export interface Curve {
  /** The line as the path of a drawing, and the interval around it as an area. */
  line: string;
  band: string;
  points: readonly Point[];
  /** Shares with a line of their own. */
  levels: readonly { share: number; y: number }[];
  /** Periods with a number of their own. */
  ticks: readonly { after: number; x: number }[];
}

const round = (value: number) => Math.round(value * 10) / 10;

/** The round share at or above a share that axes end with: 5 %, 10 %, 20 %, 25 %, 50 % or 100 %. */
export function topLevel(share: number): number {
  return [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 0.75].find((level) => share <= level) ?? 1;
}

/** Shares by period, drawn from `left` to `right` and from `bottom` up to `top`. */
export function curveOf(
  shares: readonly { after: number; share: number; low: number; high: number }[],
  { left, right, top, bottom, highest }: { left: number; right: number; top: number; bottom: number; highest: number },
): Curve {
  const furthest = Math.max(1, ...shares.map(({ after }) => after));
  const x = (after: number) => round(left + ((right - left) * after) / furthest);
  const y = (share: number) => round(bottom - (bottom - top) * Math.min(1, share / highest));
  const through = (points: readonly Point[]) => points.map((point) => `${point.x} ${point.y}`).join('L');
  const points = shares.map(({ after, share }) => ({ x: x(after), y: y(share) }));
  const upper = shares.map(({ after, high }) => ({ x: x(after), y: y(high) }));
  const lower = shares.map(({ after, low }) => ({ x: x(after), y: y(low) })).reverse();
  const step = Math.max(1, Math.ceil(furthest / 6));
  return {
    line: points.length === 0 ? '' : `M${through(points)}`,
    band: points.length === 0 ? '' : `M${through([...upper, ...lower])}Z`,
    points,
    levels: [0, 0.5, 1].map((part) => ({ share: part * highest, y: y(part * highest) })),
    ticks: Array.from({ length: Math.floor(furthest / step) + 1 }, (_, index) => ({
      after: index * step,
      x: x(index * step),
    })),
  };
}
