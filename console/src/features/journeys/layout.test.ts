import { expect, test } from 'vitest';
import { type LayoutRequest, layOut } from './layout';

const chain = (length: number, aspect: number): LayoutRequest => ({
  nodes: Array.from({ length }, (_, i) => ({ id: `a${i}`, width: 120, height: 44 })),
  edges: Array.from({ length: length - 1 }, (_, i) => ({
    from: `a${i}`,
    to: `a${i + 1}`,
    weight: 10,
    isBackbone: true,
  })),
  aspect,
});

test('a long chain runs along the longer side of the space', () => {
  const wide = layOut(chain(6, 4));
  expect(wide.width).toBeGreaterThan(wide.height);
  const tall = layOut(chain(6, 0.4));
  expect(tall.height).toBeGreaterThan(tall.width);
});

test('no two activities overlap, and every connection is drawn, however many there are', () => {
  const nodes = Array.from({ length: 60 }, (_, i) => ({ id: `a${i}`, width: 120, height: 44 }));
  const edges = nodes.flatMap((from, i) =>
    nodes
      .slice(0, 50)
      .map((to, j) => ({ from: from.id, to: to.id, weight: i * 50 + j, isBackbone: j % 20 === i % 20 })),
  );
  const { nodes: placed, edges: drawn } = layOut({ nodes, edges, aspect: 1.4 });
  expect(drawn).toHaveLength(3000);
  for (const edge of drawn) expect(edge.points.length).toBeGreaterThanOrEqual(2);
  for (const [i, one] of placed.entries()) {
    for (const other of placed.slice(i + 1)) {
      const apart =
        one.x + one.width <= other.x ||
        other.x + other.width <= one.x ||
        one.y + one.height <= other.y ||
        other.y + other.height <= one.y;
      expect(apart, `${one.id} ${other.id}`).toBe(true);
    }
  }
});
