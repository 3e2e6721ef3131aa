import { expect, test } from 'vitest';
import type { Frictions } from '@/api/client';
import { behindQuestion, readBehind } from './behind';
import { type Friction, kindOfLoss, kindOfSpending, lossScale, readFriction } from './frictions';
import { otherFrictions } from './frictions-compared';
import { frictionsQuestion } from './frictions-question';

const friction = (difference: number, reach: number): Friction => ({
  kind: 'loop',
  about: ['Visit'],
  element: '["loop","Visit"]',
  customers: 100,
  share: 0.1,
  low: 0.05,
  high: 0.15,
  times: 120,
  observed: 80,
  comparable: 60,
  comparable_lost: 20,
  lost: {
    customers: difference * 60,
    low: (difference - reach) * 60,
    high: (difference + reach) * 60,
    difference,
    difference_low: difference - reach,
    difference_high: difference + reach,
  },
});

test('a difference whose interval holds zero may be chance', () => {
  expect(kindOfLoss(friction(0.1, 0.05))).toBe('more');
  expect(kindOfLoss(friction(-0.1, 0.05))).toBe('less');
  expect(kindOfLoss(friction(0.1, 0.2))).toBe('same');
  expect(kindOfLoss({ ...friction(0.1, 0.05), lost: null })).toBeNull();
});

test('who spent less beyond chance did, and nothing is said where no amounts are known', () => {
  const spent = (less: number, reach: number): Friction => ({
    ...friction(0.1, 0.05),
    spent: {
      per_customer: 10,
      less: less * 60,
      low: (less - reach) * 60,
      high: (less + reach) * 60,
      less_per_customer: less,
      less_per_customer_low: less - reach,
      less_per_customer_high: less + reach,
    },
  });
  expect(kindOfSpending(spent(5, 2))).toBe('less');
  expect(kindOfSpending(spent(-5, 2))).toBe('more');
  expect(kindOfSpending(spent(5, 9))).toBe('same');
  expect(kindOfSpending(friction(0.1, 0.05))).toBeNull();
});

test('all intervals stand on one scale, and zero is on it', () => {
  const { at } = lossScale([friction(0.2, 0.1), friction(0.05, 0.01)]);
  expect(at(0.3)).toBeCloseTo(1);
  expect(at(0)).toBeGreaterThan(0);
  expect(at(-0.01)).toBe(0);
});

test('what is no friction is not asked for', () => {
  expect(readFriction('["wait","A","B"]')).toEqual({ kind: 'wait', about: ['A', 'B'] });
  expect(readFriction('["wait","A"]')).toEqual({ kind: 'wait', about: ['A'] });
  for (const text of ['', 'wait', '["joy","A"]', '{"kind":"wait"}', '["wait",1]'])
    expect(readFriction(text)).toBeNull();
  expect(readBehind({ kind: 'friction', friction: '["joy"]' })).toBeUndefined();
});

test('a start without a goal abandons nothing', () => {
  expect(frictionsQuestion({ view: 'frictions', begins: 'Cart' })).toEqual({ horizon: '30d' });
  const search = { view: 'frictions', outcome: 'Pay', begins: 'Cart', window: '1d' } as const;
  expect(behindQuestion({ kind: 'friction', friction: '["abandonment"]' }, search, {})).toEqual({
    friction: '["abandonment"]',
    goal: ['Pay'],
    start: ['Cart'],
    window: '1d',
    horizon: '30d',
  });
});

const met = (kind: string, customers: number): Friction => ({
  ...friction(0.1, 0.05),
  kind,
  element: JSON.stringify([kind, 'Visit']),
  customers,
});
const answer = (customers: number, leftOut: number, frictions: Friction[]): Frictions => ({
  frictions,
  goal: [],
  horizon_ms: 1,
  left_out: leftOut,
  reads_as: 'association',
  over: { events: 1, customers, channels: [] },
  findings: [],
});

test('two populations are compared by the share that meets a friction, with its interval', () => {
  const other = otherFrictions(answer(1_000, 0, [met('loop', 300)]), {
    answer: answer(500, 0, [met('loop', 50), met('error', 40)]),
    name: 'others',
  });
  expect(other.changes.get('["loop","Visit"]')).toMatchObject({
    now: { part: 300, whole: 1_000 },
    other: { part: 50, whole: 500 },
    kind: 'more',
  });
  expect(other.changes.get('["loop","Visit"]')?.difference.difference).toBeCloseTo(0.2);
  expect(other.gone.map(({ kind }) => kind)).toEqual(['error']);
  expect(other.changes.get('["error","Visit"]')).toMatchObject({ now: { part: 0, whole: 1_000 }, kind: 'less' });
});

test('what an answer leaves out as too rare is not taken for never met', () => {
  const now = answer(1_000, 2, [met('loop', 300)]);
  const other = otherFrictions(now, { answer: answer(500, 3, [met('error', 40)]), name: 'others' });
  expect(other.changes.size).toBe(0);
  expect(other.gone).toHaveLength(1);
});

test('with nobody there is nothing to compare with', () => {
  const other = otherFrictions(answer(1_000, 0, [met('loop', 300)]), { answer: answer(0, 0, []), name: 'others' });
  expect(other.changes.size).toBe(0);
});
