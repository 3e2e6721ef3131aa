import { expect, test } from 'vitest';
import type { Attribution } from '@/api/client';
import { creditRows, longestShare, modelsOf, mostDisputed } from './attribution';

const credit = (share: number) => ({ outcomes: share * 100, share, low: share / 2, high: share * 1.5 });

const answer: Attribution = {
  outcomes: 120,
  without_touch: 20,
  window_ms: 1,
  by: 'channel',
  path: 'since_outcome_before',
  credits: [
    { channel: 'web', first: credit(0.7), last: credit(0.1), linear: credit(0.4), position: credit(0.4) },
    { channel: 'store', first: credit(0.3), last: credit(0.9), linear: credit(0.6), position: credit(0.6) },
  ],
  over: { events: 100, customers: 50, channels: [] },
  findings: [],
};

test('what has most credit by the model that is looked at comes first', () => {
  expect(creditRows(answer, 'linear').map(({ channel }) => channel)).toEqual(['store', 'web']);
  expect(creditRows(answer, 'first').map(({ channel }) => channel)).toEqual(['web', 'store']);
  expect(longestShare(creditRows(answer, 'linear'))).toBe(0.9);
});

test('a model of which the answer tells nothing has no column', () => {
  expect(modelsOf(creditRows(answer, 'linear'))).toEqual(['first', 'last', 'linear', 'position']);
});

test('the models disagree most about what first and last see most differently', () => {
  expect(mostDisputed(creditRows(answer, 'linear'))).toMatchObject({ low: 'first', high: 'last' });
  expect(mostDisputed([])).toBeNull();
});
