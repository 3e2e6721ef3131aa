import { expect, test } from 'vitest';
import type { Attribution } from '@/api/client';
import { shareDifference } from '@/ui/proportions';
import { creditRows, longestShare, modelsOf, mostDisputed } from './attribution';
import { creditRowsOfBoth, otherCredits, shareThere } from './attribution-compared';

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

const there: Attribution = {
  ...answer,
  outcomes: 260,
  without_touch: 60,
  credits: [
    { channel: 'web', first: credit(0.9), last: credit(0.5), linear: credit(0.7), position: credit(0.7) },
    {
      channel: 'app',
      first: credit(0.1),
      last: credit(0.5),
      linear: { ...credit(0.3), outcomes: 60 },
      position: credit(0.3),
      removal: { outcomes: 20, share: 0.1 },
    },
  ],
};

test('touches of either side stand beside each other, by the shares of outcomes that have something before them', () => {
  const rows = creditRowsOfBoth(answer, there, 'linear');
  expect(rows.map(({ channel }) => channel)).toEqual(['store', 'web', 'app']);
  const other = otherCredits(rows, answer, { answer: there, name: 'others' });
  const [store, web, app] = rows;
  if (!store || !web || !app) throw new Error('three rows');
  expect(other.changes.get('web\n')?.linear?.difference).toEqual(shareDifference(40, 100, 70, 200));
  expect(other.changes.get('app\n')?.linear).toMatchObject({
    now: { part: 0, whole: 100 },
    other: { part: 60, whole: 200 },
    kind: 'less',
  });
  expect(shareThere(store, 'linear', other)).toBe(0);
  expect(shareThere(app, 'linear', other)).toBe(0.3);
  expect(other.withoutTouch).toMatchObject({ now: { part: 20, whole: 120 }, other: { part: 60, whole: 260 } });
});

test('what has no interval is never subtracted', () => {
  const rows = creditRowsOfBoth(answer, there, 'linear');
  const other = otherCredits(rows, answer, { answer: there, name: 'others' });
  for (const changes of other.changes.values()) expect(changes.removal).toBeNull();
  expect(rows[2] && shareThere(rows[2], 'removal', other)).toBe(0.1);
  expect(rows[0] && shareThere(rows[0], 'removal', other)).toBeNull();
});
