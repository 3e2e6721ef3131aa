import { describe, expect, it } from 'vitest';
import { multipleOf } from './multiples';

const share = (value: number) => ({ comments: 10, share: value, low: Math.max(0, value - 0.1), high: value + 0.1 });

describe('a small multiple', () => {
  it('puts the first part left and the largest end of an interval on top', () => {
    const { points, bands } = multipleOf([share(0.1), share(0.3)], 0.4, 100, 40);
    expect(points).toEqual([
      { x: 25, y: 30, index: 0 },
      { x: 75, y: 10, index: 1 },
    ]);
    expect(bands).toEqual(['M25 20L75 0L75 20L25 40Z']);
  });

  it('has a gap where too few wrote', () => {
    const { lines, points, bands } = multipleOf([share(0.1), null, share(0.3), share(0.2)], 0.4, 100, 40);
    expect(points.map(({ index }) => index)).toEqual([0, 2, 3]);
    expect(lines).toEqual(['M62.5 10L87.5 20']);
    expect(bands).toHaveLength(1);
  });
});
