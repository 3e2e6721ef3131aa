import { describe, expect, test } from 'vitest';
import type { MapEdge, MapNode } from '@/api/client';
import { simplify } from './simplify';

const node = (activity: string, customers: number): MapNode => ({ activity, customers, events: customers * 2 });
const edge = (from: string, to: string, customers: number): MapEdge => ({
  from,
  to,
  customers,
  events: customers,
  mean_ms: 1000,
});

function components(activities: readonly string[], edges: readonly { from: string; to: string }[]): number {
  const left = new Set(activities);
  let count = 0;
  for (const start of activities) {
    if (!left.has(start)) continue;
    count += 1;
    const todo = [start];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      if (!left.delete(at)) continue;
      for (const { from, to } of edges) {
        if (from === at) todo.push(to);
        if (to === at) todo.push(from);
      }
    }
  }
  return count;
}

/** A map as messy as real ones: popular activities that meet only through rare ones, loops, both directions. */
function messyMap(activities: number, connections: number, seed: number) {
  let state = seed;
  const random = () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const nodes = Array.from({ length: activities }, (_, i) => node(`a${i}`, Math.ceil(random() ** 3 * 10000)));
  const edges = new Map<string, MapEdge>();
  while (edges.size < connections) {
    const [from, to] = [Math.floor(random() * activities), Math.floor(random() * activities)];
    edges.set(`${from} ${to}`, edge(`a${from}`, `a${to}`, Math.ceil(random() ** 4 * 5000)));
  }
  return { nodes, edges: [...edges.values()] };
}

describe('whatever is shown hangs together as it does in the whole', () => {
  test.each([1, 2, 3, 4, 5])('in messy map %i', (seed) => {
    const map = messyMap(60, 300, seed);
    const whole = components(
      map.nodes.map((each) => each.activity),
      map.edges,
    );
    for (const detail of [0, 10, 35, 70, 100]) {
      const shown = simplify(map, detail);
      const activities = shown.nodes.map((each) => each.activity);
      expect(components(activities, shown.edges)).toBeLessThanOrEqual(whole);
    }
  });
});

test('two common activities that meet only through a rare one bring it along', () => {
  const common = Array.from({ length: 8 }, (_, i) => node(`common${i}`, 1000 - i));
  const chain = common.slice(1).map((each, i) => edge(common[i]?.activity ?? '', each.activity, 500));
  const broken = chain.filter((each) => each.from !== 'common3');
  const map = {
    nodes: [...common, node('rare', 2), node('aside', 1)],
    edges: [...broken, edge('common3', 'rare', 2), edge('rare', 'common4', 2), edge('common0', 'aside', 1)],
  };
  const shown = simplify(map, 0);
  expect(shown.nodes.map((each) => each.activity)).toContain('rare');
  expect(shown.nodes.map((each) => each.activity)).not.toContain('aside');
  expect(shown.hiddenActivities).toBe(1);
  expect(shown.hiddenConnections).toBe(1);
});

test('more detail never shows less, and all of it hides nothing', () => {
  const map = messyMap(60, 3000, 7);
  let before = -1;
  for (const detail of [0, 20, 40, 60, 80, 100]) {
    const { shownShare } = simplify(map, detail);
    expect(shownShare).toBeGreaterThanOrEqual(before);
    before = shownShare;
  }
  const all = simplify(map, 100);
  expect(all.hiddenActivities).toBe(0);
  expect(all.hiddenConnections).toBe(0);
  expect(all.shownShare).toBe(1);
});

test('three thousand connections are simplified within a frame', () => {
  const map = messyMap(60, 3000, 11);
  simplify(map, 30);
  const started = performance.now();
  for (let round = 0; round < 10; round += 1) simplify(map, 30);
  expect((performance.now() - started) / 10).toBeLessThan(16);
});

test('a period without events is an empty map, not a failure', () => {
  expect(simplify({ nodes: [], edges: [] }, 50)).toMatchObject({ nodes: [], edges: [], shownShare: 1 });
});
