import { expect, test } from 'vitest';
import { isSameQuestion, questionOf, readQuestion } from './saved-questions';

test('a question holds what is asked, not what is open beside it', () => {
  expect(
    questionOf(
      { view: 'funnel', steps: ['a', 'b'], after: 1, saved: 'que_1', behind: { kind: 'reached', step: 1 } },
      { from: '2026-01-01', to: undefined, channel: ['app'] },
    ),
  ).toEqual({ view: 'funnel', steps: ['a', 'b'], from: '2026-01-01', channel: ['app'] });
});

test('a kept question is read like an address: what cannot be read is left out', () => {
  expect(
    readQuestion({ view: 'map', detail: 30, from: '2026-01-01', to: 'ayer', channel: 'web', colour: 'red', top: '9' }),
  ).toEqual({ view: 'map', detail: 30, from: '2026-01-01', channel: ['web'] });
});

test('the order of its parts does not make another question', () => {
  expect(isSameQuestion({ view: 'map', detail: 5 }, { detail: 5, view: 'map' })).toBe(true);
  expect(isSameQuestion({ view: 'map', detail: 5 }, { view: 'map', detail: 6 })).toBe(false);
  expect(isSameQuestion({ view: 'map' }, { view: 'map', from: '2026-01-01' })).toBe(false);
});
