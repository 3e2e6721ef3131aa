import { expect, test } from 'vitest';
import { placed } from './spark-places';

test('what is twice as much is twice as high, and the band lies where it was expected', () => {
  const { points, band } = placed([50, 100], 25, 75, 108, 58);
  expect(points).toEqual([
    { x: 4, y: 29 },
    { x: 104, y: 4 },
  ]);
  expect(band).toEqual({ y: 16.5, height: 25 });
});

test('nothing at all is a line on the ground', () => {
  expect(placed([0, 0], 0, 0, 108, 58)).toEqual({
    points: [
      { x: 4, y: 54 },
      { x: 104, y: 54 },
    ],
    band: { y: 54, height: 1 },
  });
  expect(placed([], 0, 0, 108, 58).points).toEqual([]);
});
