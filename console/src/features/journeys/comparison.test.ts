import { expect, test } from 'vitest';
import type { Paths, ProcessMap } from '@/api/client';
import { changeOf, largestChanges, mapChanges, pathChanges, pathId } from './comparison';

const map = (customers: number, nodes: [string, number][], edges: [string, string, number][]): ProcessMap => ({
  nodes: nodes.map(([activity, count]) => ({ activity, customers: count, events: count })),
  edges: edges.map(([from, to, count]) => ({ from, to, customers: count, events: count, mean_ms: 0 })),
  starts: [],
  ends: [],
  findings: [],
  over: { customers, events: customers } as ProcessMap['over'],
});

const paths = (occurrences: number, list: [string[], number][]): Paths => ({
  paths: list.map(([activities, count]) => ({ activities, count, customers: count, share: count / occurrences })),
  occurrences,
  tail: { count: occurrences - list.reduce((sum, [, count]) => sum + count, 0), share: 0 },
  findings: [],
  over: { customers: occurrences, events: occurrences } as Paths['over'],
});

test('a difference within its interval is no change', () => {
  expect(changeOf({ part: 52, whole: 100 }, { part: 48, whole: 100 })?.kind).toBe('same');
  expect(changeOf({ part: 520, whole: 1000 }, { part: 420, whole: 1000 })?.kind).toBe('more');
  expect(changeOf({ part: 420, whole: 1000 }, { part: 520, whole: 1000 })?.kind).toBe('less');
  expect(changeOf({ part: 1, whole: 1 }, { part: 0, whole: 0 })).toBeNull();
});

test('a connection is compared among those who came to its beginning, so that a rarer activity does not drag its connections along', () => {
  const now = map(
    1000,
    [
      ['a', 400],
      ['b', 200],
    ],
    [['a', 'b', 200]],
  );
  const then = map(
    1000,
    [
      ['a', 800],
      ['b', 400],
    ],
    [['a', 'b', 400]],
  );
  const changes = mapChanges(now, then);
  expect(changes.nodes.get('a')?.kind).toBe('less');
  expect(changes.edges.get('a → b')?.kind).toBe('same');
});

test('what only happened then is told, with nobody now', () => {
  const now = map(500, [['a', 500]], []);
  const then = map(
    500,
    [
      ['a', 500],
      ['b', 300],
    ],
    [['a', 'b', 300]],
  );
  const changes = mapChanges(now, then);
  expect(changes.goneNodes.map((node) => node.activity)).toEqual(['b']);
  expect(changes.goneEdges).toHaveLength(1);
  expect(changes.edges.get('a → b')).toMatchObject({ kind: 'less', now: { part: 0, whole: 500 } });
  expect(largestChanges(changes.nodes, 5).map(([activity]) => activity)).toEqual(['b']);
});

test('a path that was not taken then had a share of nothing; one beyond the list has none that is known', () => {
  const now = paths(1000, [
    [['a', 'b'], 600],
    [['a', 'c'], 100],
  ]);
  const then = paths(1000, [[['a', 'b'], 500]]);
  const changes = pathChanges(now, then);
  expect(changes.get(pathId({ activities: ['a', 'b'] }))?.kind).toBe('more');
  expect(changes.get(pathId({ activities: ['a', 'c'] }))?.other.part).toBe(0);
  const long = paths(
    5000,
    Array.from({ length: 1000 }, (_, i) => [['a', `x${i}`], 1] as [string[], number]),
  );
  expect(pathChanges(now, long).get(pathId({ activities: ['a', 'c'] }))).toBeUndefined();
});
