import { expect, test } from 'vitest';
import { curveOf, topLevel } from './curve';

const place = { left: 0, right: 100, top: 0, bottom: 100, highest: 0.5 };
const point = (after: number, share: number) => ({ after, share, low: share - 0.1, high: share + 0.1 });

test('a share at the top of the axis is at the top of the drawing, and nothing leaves it', () => {
  const curve = curveOf([point(0, 0.5), point(1, 0.25)], place);
  expect(curve.points).toEqual([
    { x: 0, y: 0 },
    { x: 100, y: 50 },
  ]);
  expect(curve.band).toBe('M0 0L100 30L100 70L0 20Z');
});

test('without points there is nothing to draw', () => {
  expect(curveOf([], place)).toMatchObject({ line: '', band: '', points: [] });
});

test('a long curve names at most seven periods', () => {
  const curve = curveOf(
    Array.from({ length: 53 }, (_, after) => point(after, 0.2)),
    place,
  );
  expect(curve.ticks.length).toBeLessThanOrEqual(7);
  expect(curve.ticks[0]?.after).toBe(0);
});

test('axes end with a round share', () => {
  expect([0, 0.07, 0.25, 0.26, 0.8].map(topLevel)).toEqual([0.01, 0.1, 0.25, 0.5, 1]);
});
