import { expect, test } from 'vitest';
import type { Attribution, Effort, Frictions, Funnel } from '@/api/client';
import { toParquet } from '@/ui/parquet';
import type { Sheet } from '@/ui/sheet';
import { creditRowsOfBoth, otherCredits } from './attribution-compared';
import { attributionSheet } from './attribution-sheet';
import { behindSheet } from './behind-sheet';
import { spreadsOf } from './effort';
import { otherEffort } from './effort-compared';
import { effortSheet } from './effort-sheet';
import type { Friction } from './frictions';
import { otherFrictions } from './frictions-compared';
import { frictionsSheet } from './frictions-sheet';
import { funnelSheet } from './funnel-sheet';
import { otherFunnel, stepsOf } from './funnel-steps';
import { pathsSheet } from './paths-sheet';
import { retentionSheet } from './retention-sheet';

const over = { events: 100, customers: 50, channels: [] };
const funnel = (last: number): Funnel => ({
  customers: 40,
  window_ms: 1,
  steps: [
    { activity: 'Visit', customers: 40, share: 1 },
    { activity: 'Pay', customers: last, share: last / 40, median_ms: 1_500.5, p90_ms: 2_000, mean_ms: 1_600.25 },
  ],
  over,
  findings: [],
});

/** Every row has a cell for every column, and each can be written as its column says. */
function checkWhole(sheet: Sheet) {
  for (const row of sheet.rows) expect(row).toHaveLength(sheet.columns.length);
  expect(toParquet(sheet).byteLength).toBeGreaterThan(0);
}

test('a funnel has a row for each step, and the other side beside it', () => {
  const steps = stepsOf(funnel(10));
  const alone = funnelSheet(steps, null);
  checkWhole(alone);
  expect(alone.rows[1]?.slice(0, 6)).toEqual([2, 'Pay', 10, 0.25, 0.25, 1_500.5]);
  const compared = funnelSheet(steps, otherFunnel(funnel(10), { answer: funnel(30), name: 'before' }));
  checkWhole(compared);
  expect(compared.rows[1]?.slice(10, 13)).toEqual([30, 0.75, -0.5]);
});

test('in a comparison no row is shorter than the others', () => {
  const path = { activities: ['A', 'B'], count: 3, customers: 2, share: 0.3 };
  const paths = { occurrences: 10, paths: [path], tail: { count: 7, share: 0.7 }, over, findings: [] };
  checkWhole(pathsSheet(paths, { changes: new Map(), name: 'before' }));
  const point = { after: 1, customers: 10, returned: 3, share: 0.3, low: 0.1, high: 0.6 };
  const rows = [{ from: '2026-03-02', customers: 10, cells: [{ ...point, isComplete: false }] }];
  const curve = [{ ...point, cohorts: 1 }];
  checkWhole(retentionSheet(rows, curve, { curve, name: 'before' }));
});

test('customers come with numbers and instants, and as they are called', () => {
  const sheet = behindSheet(
    'customer,name,phone,activities,first_activity_at\ncus_1,"Paz, Eva",\'+540593,52,2025-05-01T00:02:27.662Z\ncus_2,,,0,\n',
  );
  checkWhole(sheet);
  expect(sheet.columns.map(({ kind }) => kind)).toEqual(['text', 'text', 'text', 'count', 'instant']);
  expect(sheet.rows).toEqual([
    ['cus_1', 'Paz, Eva', '+540593', 52, '2025-05-01T00:02:27.662Z'],
    ['cus_2', null, null, 0, null],
  ]);
});

const friction = (element: string): Friction => ({
  kind: 'loop',
  about: ['Visit'],
  element,
  customers: 10,
  share: 0.2,
  low: 0.1,
  high: 0.3,
  times: 12,
  observed: 8,
  comparable: 6,
  comparable_lost: 2,
});

test('frictions, effort and attribution have the other side beside them, and what only that side has', () => {
  const frictions = (element: string): Frictions => ({
    frictions: [friction(element)],
    goal: [],
    horizon_ms: 1,
    left_out: 0,
    reads_as: 'association',
    over,
    findings: [],
  });
  const [now, there] = [frictions('["loop","A"]'), frictions('["loop","B"]')];
  const sheet = frictionsSheet(now, otherFrictions(now, { answer: there, name: 'others' }));
  checkWhole(sheet);
  checkWhole(frictionsSheet(now, null));
  const spending = { activities: ['Sale'], property: 'price', currency: 'EUR' };
  const each = { less_per_customer: 1, less_per_customer_low: 0.5, less_per_customer_high: 1.5 };
  const spent = { per_customer: 10, less: 2, low: 1, high: 3, ...each };
  const paid = { ...now, spending, frictions: now.frictions.map((found) => ({ ...found, spent })) };
  const withMoney = frictionsSheet(paid, otherFrictions(paid, { answer: there, name: 'others' }));
  checkWhole(withMoney);
  const money = withMoney.columns.findIndex((each) => each.name === 'spent_in');
  expect(withMoney.rows.map((row) => row.slice(money, money + 5))).toEqual([
    ['EUR', 10, 2, 1, 3],
    [null, null, null, null, null],
  ]);
  const column = (name: string) => sheet.columns.findIndex((each) => each.name === name);
  expect(sheet.rows.map((row) => [row[column('customers')], row[column('compared_customers')]])).toEqual([
    [10, 0],
    [0, 10],
  ]);

  const effort: Effort = {
    runs: 10,
    customers: 8,
    unfinished: 2,
    measures: [{ measure: 'steps', p10: 1, p25: 2, p50: 3, p75: 4, p90: 5, mean: 3.2 }],
    weeks: [{ from: '2026-03-02', runs: 5, measures: [{ measure: 'steps', median: 3, mean: 3.5 }] }],
    contacts: [],
    waits: [],
    over,
    findings: [],
  };
  const nobody = { ...effort, runs: 0, customers: 0, measures: [], weeks: [] };
  checkWhole(effortSheet(effort, spreadsOf(effort), null));
  checkWhole(effortSheet(effort, spreadsOf(effort), otherEffort(effort, { answer: effort, name: 'others' })));
  checkWhole(effortSheet(effort, spreadsOf(effort), otherEffort(effort, { answer: nobody, name: 'others' })));

  const credit = { outcomes: 10, share: 1, low: 0.7, high: 1 };
  const attribution = (channel: string): Attribution => ({
    outcomes: 10,
    without_touch: 0,
    window_ms: 1,
    by: 'channel',
    path: 'whole_window',
    credits: [{ channel, first: credit, last: credit, linear: credit, position: credit, removal: credit }],
    over,
    findings: [],
  });
  const [web, app] = [attribution('web'), attribution('app')];
  const rows = creditRowsOfBoth(web, app, 'linear');
  const kept = attributionSheet(rows, otherCredits(rows, web, { answer: app, name: 'others' }));
  checkWhole(kept);
  expect(kept.rows.filter((row) => row[2] === 'linear').map((row) => [row[0], row[3], row[8]])).toEqual([
    ['web', 10, 0],
    ['app', 0, 10],
  ]);
});
