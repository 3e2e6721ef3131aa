import { expect, test } from 'vitest';
import { behindQuestion, readBehind } from './behind';
import { type Friction, kindOfLoss, lossScale, readFriction } from './frictions';
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

test('all intervals stand on one scale, and zero is on it', () => {
  const { at } = lossScale([friction(0.2, 0.1), friction(0.05, 0.01)]);
  expect(at(0.3)).toBeCloseTo(1);
  expect(at(0)).toBeGreaterThan(0);
  expect(at(-0.01)).toBe(0);
});

test('what is no friction is not asked for', () => {
  expect(readFriction('["wait","A","B"]')).toEqual({ kind: 'wait', about: ['A', 'B'] });
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
