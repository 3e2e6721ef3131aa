import { expect, test } from 'vitest';
import type { Retention } from '@/api/client';
import { cohortRows, curvePoints, darkestShare, headline } from './cohorts';

const cell = (customers: number, share: number, is_complete = true) => ({
  customers,
  share,
  low: 0,
  high: 1,
  is_complete,
});

const answer: Retention = {
  every: 'week',
  rule: 'exactly',
  cohorts: [
    {
      first_day: '2026-03-02',
      from: 'x',
      to: 'y',
      customers: 40,
      returned: [cell(10, 0.25), cell(20, 0.5), cell(1, 0.025, false)],
    },
    { first_day: '2026-03-09', from: 'y', to: 'z', customers: 0, returned: [] },
    { first_day: '2026-03-16', from: 'z', to: 'w', customers: 10, returned: [cell(3, 0.3, false)] },
  ],
  curve: [
    { after: 0, cohorts: 1, customers: 40, returned: 10, share: 0.25, low: 0.1, high: 0.4 },
    { after: 1, cohorts: 1, customers: 40, returned: 20, share: 0.5, low: 0.3, high: 0.6 },
    { after: 2, cohorts: 0, customers: 0, returned: 0 },
  ],
  over: { events: 100, customers: 50, channels: [] },
  findings: [],
};

test('a row says by its place how long after, and which periods are not over', () => {
  const rows = cohortRows(answer);
  expect(rows.map(({ from }) => from)).toEqual(['2026-03-02', '2026-03-16']);
  expect(rows[0]?.cells.map(({ after, isComplete }) => [after, isComplete])).toEqual([
    [0, true],
    [1, true],
    [2, false],
  ]);
  expect(darkestShare(rows)).toBe(0.5);
});

test('next to nothing is not painted as if it were much', () => {
  expect(darkestShare([{ from: '2026-03-02', customers: 1000, cells: [] }])).toBe(0.01);
});

test('the curve ends where no cohort is old enough, and the one number is that of the period after', () => {
  const curve = curvePoints(answer);
  expect(curve.map(({ after }) => after)).toEqual([0, 1]);
  expect(headline(curve)?.share).toBe(0.5);
  expect(headline(curve.slice(0, 1))?.after).toBe(0);
  expect(headline([])).toBeNull();
});
