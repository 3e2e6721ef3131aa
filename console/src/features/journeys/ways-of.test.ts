import { expect, test } from 'vitest';
import type { ProcessMap } from '@/api/client';
import { waysAfter, waysBefore } from './ways-of';

// The small file of the definitions: ana visits, fills a cart, visits, pays; bea visits and fills a cart twice; leo visits and pays.
const five: ProcessMap = {
  nodes: [
    { activity: 'Visit', events: 4, customers: 3 },
    { activity: 'Cart', events: 3, customers: 2 },
    { activity: 'Pay', events: 2, customers: 2 },
  ],
  edges: [
    { from: 'Visit', to: 'Cart', events: 2, customers: 2, mean_ms: 0 },
    { from: 'Visit', to: 'Pay', events: 2, customers: 2, mean_ms: 0 },
    { from: 'Cart', to: 'Cart', events: 1, customers: 1, mean_ms: 0 },
    { from: 'Cart', to: 'Visit', events: 1, customers: 1, mean_ms: 0 },
  ],
  starts: [{ activity: 'Visit', customers: 3 }],
  ends: [
    { activity: 'Cart', customers: 1 },
    { activity: 'Pay', customers: 2 },
  ],
  over: { events: 9, customers: 3, channels: [] },
  findings: [],
};

test('what precedes an activity, its beginnings included, is every one of its events', () => {
  const before = waysBefore(five, 'Visit');
  expect(before.most).toEqual([
    { activity: null, count: 3, share: 0.75 },
    { activity: 'Cart', count: 1, share: 0.25 },
  ]);
  expect(before.others).toBeNull();
});

test('what follows an activity, its ends included, is every one of its events', () => {
  const after = waysAfter(five, 'Cart', 2);
  expect(after.most.reduce((sum, way) => sum + way.count, 0) + (after.others?.count ?? 0)).toBe(3);
  expect(after.others).toEqual({ activities: 1, count: 1, share: 1 / 3 });
});
