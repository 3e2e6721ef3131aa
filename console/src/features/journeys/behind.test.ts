import { expect, test } from 'vitest';
import { behindQuestion, readBehind } from './behind';
import type { ExplorerSearch } from './search-params';

const search: ExplorerSearch = { view: 'funnel', start: 'Visit', steps: ['Visit', 'Pay[paid=card]'], window: '1d' };

test('an element of the address is read, and what is none is left out', () => {
  expect(readBehind({ kind: 'activity', activity: 'Visit', isOther: true })).toEqual({
    kind: 'activity',
    activity: 'Visit',
    isOther: true,
  });
  expect(readBehind({ kind: 'connection', from: 'Visit' })).toBeUndefined();
  expect(readBehind({ kind: 'path', activities: [] })).toBeUndefined();
  expect(readBehind({ kind: 'reached', step: 0 })).toBeUndefined();
  expect(readBehind('Visit')).toBeUndefined();
  expect(readBehind(null)).toBeUndefined();
});

test('the question keeps the period and the channels', () => {
  const scope = { from: '2026-03-01', channel: ['app'] };
  expect(behindQuestion({ kind: 'connection', from: 'Visit', to: 'Pay' }, search, scope)).toEqual({
    from_activity: 'Visit',
    to_activity: 'Pay',
    ...scope,
  });
  expect(behindQuestion({ kind: 'dropped', step: 1 }, search, scope)).toEqual({
    step: ['Visit', 'Pay[paid=card]'],
    window: '1d',
    dropped_after: 1,
    ...scope,
  });
});

test('the other paths are those beyond the ones that are drawn', () => {
  expect(behindQuestion({ kind: 'tail' }, { ...search, top: 3, length: 4 }, {})).toEqual({
    tail_of: 'Visit',
    length: 4,
    top: 3,
  });
});

test('a step that the funnel does not have has nobody behind it to ask for', () => {
  expect(behindQuestion({ kind: 'reached', step: 3 }, search, {})).toBeNull();
  expect(behindQuestion({ kind: 'tail' }, { view: 'paths' }, {})).toBeNull();
});

test('what the drawn paths pass is asked by its place, of which the first is 1', () => {
  const band = readBehind({ kind: 'passing', position: 1, activities: ['Pay', 'Leave'] });
  expect(band && behindQuestion(band, { ...search, top: 3, length: 4 }, {})).toEqual({
    paths_from: 'Visit',
    passing: ['Pay', 'Leave'],
    position: 2,
    length: 4,
    top: 3,
  });
  expect(readBehind({ kind: 'passing', position: -1, activities: ['Pay'] })).toBeUndefined();
});

test('a path is asked for by what it is, unless visits, repetitions or the start make it another', () => {
  const path = readBehind({ kind: 'path', activities: ['Visit', 'Pay'], goesOn: true });
  expect(path && behindQuestion(path, search, {})).toEqual({ path: ['Visit', 'Pay'] });
  expect(path && behindQuestion(path, { ...search, anchor: 'to', inVisit: true }, {})).toEqual({
    paths_to: 'Visit',
    passing: ['Visit', 'Pay'],
    position: 1,
    goes_on: true,
    within: 'visit',
    length: 5,
    top: 60,
  });
  expect(behindQuestion({ kind: 'tail' }, { view: 'paths', anchor: 'start' }, {})).toMatchObject({
    paths_start: true,
    tail: true,
  });
});

test('those of one value of a breakdown are asked for by both', () => {
  const element = readBehind({ kind: 'reached', step: 2, by: 'channel', value: 'web' });
  expect(element && behindQuestion(element, search, {})).toMatchObject({ reached: 2, by: 'channel', value: 'web' });
  expect(readBehind({ kind: 'reached', step: 2, by: 'channel' })).toEqual({ kind: 'reached', step: 2 });
});

test('those who needed most are asked for by the goal of the sentence', () => {
  const element = readBehind({ kind: 'effort', measure: 'elapsed_ms', least: 5_000 });
  expect(element && behindQuestion(element, { view: 'effort', outcome: 'Pay', start: 'Visit' }, {})).toEqual({
    goal: ['Pay'],
    start: ['Visit'],
    measure: 'elapsed_ms',
    at_least: 5_000,
  });
  expect(element && behindQuestion(element, { view: 'effort' }, {})).toBeNull();
  expect(readBehind({ kind: 'effort', measure: 'joy', least: 1 })).toBeUndefined();
  expect(readBehind({ kind: 'effort', measure: 'steps', least: -1 })).toBeUndefined();
});
