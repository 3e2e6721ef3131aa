import { expect, test } from 'vitest';
import type { Json } from './document';
import { comparisonsOf, newRule, readRules, valueFor, wordsOf, writeRules } from './rule';

const WRITTEN: Json[] = [
  { question: 'ease', at_least: 2 },
  { question: 'ease', at_most: 4 },
  { question: 'reason', is: 'look' },
  { question: 'reason', is: ['look', 'buy'] },
  { question: 'comment', answered: true },
  { question: 'comment', answered: false },
  {
    all: [
      { question: 'ease', at_most: 4 },
      { question: 'comment', answered: true },
    ],
  },
  {
    any: [
      { question: 'ease', at_most: 4 },
      { question: 'reason', is: 'look' },
    ],
  },
];

test.each(WRITTEN.map((condition) => [JSON.stringify(condition), condition]))(
  '%s is read and written back',
  (_, condition) => {
    const rules = readRules(condition as Json);
    expect(rules).not.toBeNull();
    expect(rules && writeRules(rules)).toEqual(condition);
  },
);

test.each(
  (
    [
      { not: { question: 'ease', at_most: 4 } },
      { question: 'ease', at_least: 2, at_most: 4 },
      { all: [{ any: [{ question: 'ease', at_most: 4 }] }] },
      { all: [], any: [] },
      { question: 'ease', at_least: 'two' },
      { question: 'ease', since: 3 },
      { is: 'look' },
      'always',
      null,
    ] as Json[]
  ).map((condition) => [JSON.stringify(condition), condition]),
)('%s says more than a form shows, and is left alone', (_, condition) => {
  expect(readRules(condition as Json)).toBeNull();
});

test('no condition is no rule, and no rule is no condition', () => {
  expect(readRules(undefined)).toEqual({ join: 'all', rules: [] });
  expect(writeRules({ join: 'any', rules: [] })).toBeUndefined();
});

test('of a question only that is asked which it can answer', () => {
  const choice = { id: 'reason', type: 'choice', choices: [{ id: 'look' }, { id: 'buy' }] };
  expect(wordsOf(choice)).toEqual(['look', 'buy']);
  expect(comparisonsOf(choice)).not.toContain('at_most');
  expect(comparisonsOf({ id: 'ease', type: 'ces' })).not.toContain('is');
  expect(comparisonsOf({ id: 'why', type: 'text' })).toEqual(['answered', 'not_answered']);
  expect(comparisonsOf(undefined)).toEqual(['answered', 'not_answered']);
  expect(newRule(choice)).toEqual({ question: 'reason', comparison: 'is', value: ['look'].slice(0, 1) });
});

test('a new bound of a scale lies within it', () => {
  for (const [type, highest] of [
    ['nps', 10],
    ['csat', 5],
    ['ces', 7],
  ] as const)
    for (const comparison of ['at_least', 'at_most'] as const) {
      const value = valueFor({ id: 'q', type }, comparison);
      expect(value).toBeGreaterThanOrEqual(1);
      expect(value).toBeLessThanOrEqual(highest);
    }
});
