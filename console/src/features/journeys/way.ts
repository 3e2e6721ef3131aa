// How a connection is drawn: a smooth line through its points, an arrow's head at the end.
import type { Point } from './layout';

const HEAD = 7;

const round = (value: number) => Math.round(value * 10) / 10;
const at = (point: Point) => `${round(point.x)} ${round(point.y)}`;

/** The path of a line that begins and ends at its points and passes near the others (a B-spline). */
export function smoothWay(points: readonly Point[]): string {
  const [first, second] = points;
  const last = points.at(-1);
  if (!first || !second || !last) return '';
  if (points.length === 2) return `M${at(first)}L${at(second)}`;
  let path = `M${at(first)}`;
  const spread = [first, ...points, last];
  for (let i = 0; i + 3 < spread.length; i += 1) {
    const [a, b, c] = [spread[i], spread[i + 1], spread[i + 2]] as [Point, Point, Point];
    const d = spread[i + 3] as Point;
    if (i === 0) path += `L${at({ x: (a.x + 4 * b.x + c.x) / 6, y: (a.y + 4 * b.y + c.y) / 6 })}`;
    const one = { x: (2 * b.x + c.x) / 3, y: (2 * b.y + c.y) / 3 };
    const two = { x: (b.x + 2 * c.x) / 3, y: (b.y + 2 * c.y) / 3 };
    const end = { x: (b.x + 4 * c.x + d.x) / 6, y: (b.y + 4 * c.y + d.y) / 6 };
    path += `C${at(one)} ${at(two)} ${at(end)}`;
  }
  return `${path}L${at(last)}`;
}

/** A triangle that points where the line ends. */
export function arrowHead(points: readonly Point[], width: number): string {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (!tip || !before) return '';
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const along = { x: (tip.x - before.x) / length, y: (tip.y - before.y) / length };
  const size = HEAD + width * 0.6;
  const foot = { x: tip.x - along.x * size, y: tip.y - along.y * size };
  const half = size * 0.5;
  return `M${at(tip)}L${at({ x: foot.x - along.y * half, y: foot.y + along.x * half })}L${at({ x: foot.x + along.y * half, y: foot.y - along.x * half })}Z`;
}
