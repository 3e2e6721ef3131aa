import { expect, test } from 'vitest';
import type { Effort } from '@/api/client';
import { highestOf, spreadsOf, stripOf, trendDrawing, trendOf } from './effort';
import { otherEffort, spreadThere, trendThere } from './effort-compared';

const answer: Effort = {
  runs: 10,
  customers: 8,
  unfinished: 2,
  measures: [
    { measure: 'elapsed_ms', p10: 1_000, p25: 2_000, p50: 3_000, p75: 4_000, p90: 5_000, mean: 10_000 },
    { measure: 'steps', p10: 1, p25: 2, p50: 3, p75: 4, p90: 5, mean: 3.2 },
    { measure: 'contacts' },
  ],
  weeks: [
    { from: '2026-03-02', runs: 5, measures: [{ measure: 'steps', median: 3, mean: 3.5 }] },
    { from: '2026-03-09', runs: 0, measures: [] },
    { from: '2026-03-16', runs: 5, measures: [{ measure: 'steps', median: 4, mean: 4.5 }] },
  ],
  contacts: [],
  waits: [],
  over: { events: 100, customers: 50, channels: [] },
  findings: [],
};

test('measures come in one order, and those without runs not at all', () => {
  expect(spreadsOf(answer).map(({ measure }) => measure)).toEqual(['steps', 'elapsed_ms']);
});

test('a mean beyond the ninth tenth is still on the strip', () => {
  const [, elapsed] = spreadsOf(answer);
  expect(elapsed && stripOf(elapsed)).toMatchObject({ mean: 1, p90: 0.5, p10: 0.1 });
});

test('what is nearly never needed does not look like much', () => {
  const never = { measure: 'contacts', p10: 0, p25: 0, p50: 0, p75: 0, p90: 0, mean: 0.02 } as const;
  expect(stripOf(never).mean).toBe(0.02);
});

test('a week without anybody is a gap of the line, not a zero', () => {
  const trend = trendOf(answer, 'steps');
  expect(trend[1]?.median).toBeNull();
  const drawing = trendDrawing(trend, 5, { left: 0, right: 300, top: 0, bottom: 100 });
  expect(drawing.medians).toEqual(['M50 40', 'M250 20']);
  expect(drawing.points.map(({ index }) => index)).toEqual([0, 2]);
});

test('the axis ends with a round number, of times round in their unit', () => {
  expect(highestOf(trendOf(answer, 'steps'), 'steps')).toBe(6);
  const days = [{ from: '2026-03-02', runs: 1, median: 17.3 * 86_400_000, mean: 0 }];
  expect(highestOf(days, 'elapsed_ms')).toBe(20 * 86_400_000);
});

const there: Effort = {
  ...answer,
  customers: 30,
  over: { events: 100, customers: 40, channels: [] },
  measures: [{ measure: 'steps', p10: 2, p25: 4, p50: 6, p75: 8, p90: 10, mean: 6.5 }],
  weeks: [
    { from: '2026-03-09', runs: 3, measures: [{ measure: 'steps', median: 6, mean: 6 }] },
    { from: '2026-03-16', runs: 2, measures: [{ measure: 'steps', median: 7, mean: 7 }] },
  ],
};

test('two populations stand on one scale; who reaches the goal is compared with its interval', () => {
  const other = otherEffort(answer, { answer: there, name: 'others' });
  expect(other.reached).toMatchObject({ now: { part: 8, whole: 50 }, other: { part: 30, whole: 40 }, kind: 'less' });
  const [steps, elapsed] = spreadsOf(answer);
  const beside = spreadThere(other, 'steps');
  if (!steps || !elapsed || !beside) throw new Error('steps on both sides');
  expect(stripOf(steps, beside).p90).toBe(0.5);
  expect(stripOf(beside, steps).p90).toBe(1);
  expect(spreadThere(other, elapsed.measure)).toBeNull();
});

test('weeks of the other side stand under the same weeks, and under none of another calendar', () => {
  const other = otherEffort(answer, { answer: there, name: 'others' });
  const trend = trendOf(answer, 'steps');
  expect(trendThere(trend, other, 'steps').map(({ median }) => median)).toEqual([null, 6, 7]);
  const before = { ...there, weeks: there.weeks.map((week) => ({ ...week, from: `2025${week.from.slice(4)}` })) };
  expect(trendThere(trend, otherEffort(answer, { answer: before, name: 'a year before' }), 'steps')).toEqual([]);
  expect(trendThere(trend, null, 'steps')).toEqual([]);
});

test('with nobody on the other side no share is compared', () => {
  const nobody = { ...there, runs: 0, customers: 0, measures: [], weeks: [], over: { ...there.over, customers: 0 } };
  expect(otherEffort(answer, { answer: nobody, name: 'others' })).toMatchObject({ reached: null, spreads: [] });
});
