import { expect, test } from 'vitest';
import type { Paths } from '@/api/client';
import { sankeyOf, TAIL } from './sankey';

const paths = (given: [string, number][], occurrences: number): Paths => ({
  paths: given.map(([names, count]) => ({
    activities: names.split(' '),
    count,
    customers: count,
    share: count / occurrences,
  })),
  tail: { count: 0, share: 0 },
  occurrences,
  over: { events: 100, customers: 10, channels: [] },
  findings: [],
});

test('nothing is lost: what leaves the first activity is every occurrence of it', () => {
  const drawn = sankeyOf(
    paths(
      [
        ['visit cart pay', 50],
        ['visit cart visit', 20],
        ['visit leave leave', 10],
      ],
      100,
    ),
    2,
  );
  const first = drawn.nodes.find((node) => node.position === 0);
  expect(first).toMatchObject({ activity: 'visit', count: 100 });
  const leaving = drawn.links.filter((link) => link.from === first?.id);
  expect(leaving.reduce((sum, link) => sum + link.count, 0)).toBe(100);
  expect(drawn.tailCount).toBe(30);
  expect(leaving.find((link) => link.to === TAIL)?.count).toBe(30);
});

test('the same activity at two positions is two places', () => {
  const drawn = sankeyOf(paths([['visit visit visit', 5]], 5), 10);
  expect(drawn.nodes.map((node) => node.position)).toEqual([0, 1, 2]);
  expect(drawn.nodes.some((node) => node.id === TAIL)).toBe(false);
});

test('paths that share a beginning share its band', () => {
  const drawn = sankeyOf(
    paths(
      [
        ['visit cart pay', 5],
        ['visit cart leave', 3],
      ],
      8,
    ),
    10,
  );
  expect(drawn.links.find((link) => link.from === '0 visit')?.count).toBe(8);
});

test('what is not drawn leads to the activity with which all paths end, and comes from one in the middle', () => {
  const given = paths(
    [
      ['visit cart pay', 50],
      ['mail cart pay', 20],
    ],
    100,
  );
  const to = sankeyOf(given, 2, 2);
  expect(to.tailBand).toBe(`${TAIL} → 2 pay`);
  expect(to.nodes.find(({ id }) => id === TAIL)?.position).toBe(1);
  expect(to.nodes.find(({ id }) => id === '2 pay')?.count).toBe(100);
  expect(sankeyOf(given, 2, 1).tailBand).toBe(`1 cart → ${TAIL}`);
  expect(sankeyOf(given, 2, null)).toMatchObject({ tailBand: null, tailCount: 30 });
});
