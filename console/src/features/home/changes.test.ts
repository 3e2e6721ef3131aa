import { expect, test } from 'vitest';
import type { ProcessMap } from '@/api/client';
import { changesOf } from './changes';

const map = (activities: Record<string, number>): ProcessMap => ({
  nodes: Object.entries(activities).map(([activity, customers]) => ({ activity, customers, events: customers })),
  edges: [],
  starts: [],
  ends: [],
  over: { events: 10, customers: Math.max(0, ...Object.values(activities)), channels: [] },
  findings: [],
});

test('new is what was never seen, not only what was missing the week before', () => {
  const changes = changesOf(
    map({ visit: 90, gift: 5, tasting: 3 }),
    map({ visit: 100 }),
    map({ visit: 500, tasting: 40 }),
  );
  expect(changes.fresh.map((each) => each.activity)).toEqual(['gift']);
});

test('gone is what the period before still had', () => {
  const changes = changesOf(map({ visit: 90 }), map({ visit: 100, call: 7 }), map({ visit: 500, call: 70, fax: 3 }));
  expect(changes.gone).toEqual([{ activity: 'call', customers: 7, events: 7 }]);
});

test('what is compared with nothing has no percentage', () => {
  const changes = changesOf(map({ visit: 110, gift: 5 }), map({ visit: 100 }), map({ visit: 100 }));
  expect(changes.most).toEqual([
    { activity: 'visit', customers: 110, change: expect.closeTo(0.1) },
    { activity: 'gift', customers: 5, change: null },
  ]);
  expect(changesOf(map({}), map({}), map({})).customers).toBeNull();
});
