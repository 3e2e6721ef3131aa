import { describe, expect, test } from 'vitest';
import type { Driver } from '@/api/client';
import { performanceOf, perUnit, quadrantsOf, reachOf, usualChange } from './drivers';
import { driversSheet } from './drivers-sheet';

const WAIT: Driver = {
  kind: 'wait',
  name: 'Queue Waited',
  unit: 'minutes',
  known: 400,
  with: 100,
  performance: 3,
  spread: 6,
  coefficient: -0.1,
  low: -0.15,
  high: -0.05,
  standardised: -0.3,
  p: 0.0001,
  adjusted_p: 0.0004,
  is_found: true,
  importance: 0.2,
  inflation: 1.1,
  degrees: 90,
};
const EASE: Driver = {
  ...WAIT,
  kind: 'score',
  name: 'ces',
  unit: 'points',
  performance: 5.5,
  coefficient: 0.4,
  importance: 0.1,
};
const NUMBER: Driver = { ...WAIT, kind: 'property', name: 'age', unit: 'points', importance: 0 };

describe('performance', () => {
  test('of what harms it is the share of answers without it, of what helps of those with it', () => {
    expect(performanceOf(WAIT)).toBe(0.75);
    expect(performanceOf({ ...WAIT, coefficient: 0.1 })).toBe(0.25);
  });

  test('of a score it is how high it stands on its scale, and of a number without a scale nothing is told', () => {
    expect(performanceOf(EASE)).toBe(0.75);
    expect(performanceOf({ ...EASE, coefficient: -0.4 })).toBe(0.25);
    expect(performanceOf(NUMBER)).toBeNull();
  });
});

describe('changes', () => {
  test('those of waits are told by ten minutes, and all are drawn by what is usual', () => {
    expect([perUnit(WAIT), perUnit(EASE)]).toEqual([10, 1]);
    expect(usualChange(WAIT).value).toBeCloseTo(-0.6);
    expect(reachOf([WAIT, EASE])).toBeCloseTo(0.9);
    expect(reachOf([])).toBeGreaterThan(0);
  });
});

describe('quadrants', () => {
  const place = { left: 0, right: 100, top: 0, bottom: 100 };

  test('points keep the numbers of the list, and what has no performance has no point', () => {
    const { points, middle } = quadrantsOf({ drivers: [WAIT, NUMBER, EASE] }, place);
    expect(points.map(({ number, x }) => [number, x])).toEqual([
      [1, 75],
      [3, 75],
    ]);
    expect(middle.x).toBe(75);
    expect(points[0]?.y).toBeLessThan(points[1]?.y ?? 0);
  });

  test('points that lie on each other are moved apart and stay inside', () => {
    const { points } = quadrantsOf(
      { drivers: [WAIT, { ...WAIT, name: 'Call Queued' }, { ...WAIT, name: 'Waited' }] },
      place,
    );
    const across = points.map(({ x }) => x).sort((a, b) => a - b);
    expect(Math.min(...across)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...across)).toBeLessThanOrEqual(90);
    expect((across[1] ?? 0) - (across[0] ?? 0)).toBeGreaterThan(10);
  });
});

test('the file has a row for each variable, those left out too', () => {
  const sheet = driversSheet({
    outcome: { name: 'nps', unit: 'points' },
    drivers: [WAIT],
    left_out: [{ kind: 'error', name: 'Error Shown', unit: 'times', code: 'rare', detail: '' }],
  });
  expect(sheet.rows.map((row) => row.slice(0, 5))).toEqual([
    ['nps', 'wait', 'Queue Waited', undefined, undefined],
    ['nps', 'error', 'Error Shown', undefined, undefined],
  ]);
  expect(sheet.rows.every((row) => row.length === sheet.columns.length)).toBe(true);
});
