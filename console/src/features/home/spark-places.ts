// Where the weeks of a spark line stand. Pure.

const EDGE = 4;

export interface Places {
  points: { x: number; y: number }[];
  band: { y: number; height: number };
}

/** From zero up, so that what is twice as much is twice as high. */
export function placed(values: readonly number[], low: number, high: number, width: number, height: number): Places {
  const most = Math.max(1, high, ...values);
  const y = (value: number) => Math.round((height - EDGE - (value / most) * (height - 2 * EDGE)) * 10) / 10;
  const step = values.length > 1 ? (width - 2 * EDGE) / (values.length - 1) : 0;
  const points = values.map((value, week) => ({ x: Math.round((EDGE + week * step) * 10) / 10, y: y(value) }));
  const top = y(Math.min(high, most));
  return { points, band: { y: top, height: Math.max(1, Math.round((y(Math.max(0, low)) - top) * 10) / 10) } };
}
