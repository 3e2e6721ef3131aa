import { expect, test } from 'vitest';
import { type LifeCyclePeriod, lifeCycleDrawing, roundUp } from './life-cycle';

const period = (first_day: string, counts: [number, number, number, number]): LifeCyclePeriod => {
  const [fresh, returning, resurrected, dormant] = counts;
  return {
    first_day,
    from: first_day,
    to: first_day,
    is_complete: true,
    new: fresh,
    returning,
    resurrected,
    dormant,
    active: fresh + returning + resurrected,
  };
};

test('those who are there stand above the line without gaps, those who stay away below it', () => {
  const drawing = lifeCycleDrawing([period('2026-03-02', [10, 20, 5, 15])], 400);
  const bars = drawing.columns[0]?.bars ?? [];
  expect(bars.map(({ kind }) => kind)).toEqual(['new', 'resurrected', 'returning', 'dormant']);
  for (const [above, below] of [
    [0, 1],
    [1, 2],
  ] as const) {
    const [upper, lower] = [bars[above], bars[below]];
    expect((upper?.y ?? 0) + (upper?.height ?? 0)).toBeCloseTo(lower?.y ?? 0);
  }
  const stay = bars[2];
  expect((stay?.y ?? 0) + (stay?.height ?? 0)).toBeCloseTo(drawing.axis);
  expect(bars[3]?.y).toBe(drawing.axis);
});

test('nobody has no bar, and no period no column', () => {
  expect(lifeCycleDrawing([period('2026-03-02', [0, 0, 0, 0])], 400).columns[0]?.bars).toEqual([]);
  expect(lifeCycleDrawing([], 400).columns).toEqual([]);
});

test('many periods make the drawing wider than its room, and not all of them are named', () => {
  const days = Array.from({ length: 300 }, (_, day) => period(`day ${day}`, [1, 1, 1, 1]));
  const drawing = lifeCycleDrawing(days, 400);
  expect(drawing.width).toBeGreaterThan(400);
  expect(drawing.columns.filter(({ isNamed }) => isNamed).length).toBeLessThan(40);
});

test('levels are round', () => {
  expect([1, 3, 7, 120, 501].map(roundUp)).toEqual([1, 5, 10, 200, 1000]);
});
