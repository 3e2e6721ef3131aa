import { expect, test } from 'vitest';
import { funnelQuestion } from './funnel-question';
import type { ExplorerSearch } from './search-params';

const search: ExplorerSearch = { view: 'funnel', steps: ['Visit', 'Cart', 'Pay'] };

test('the usual funnel asks for nothing else', () => {
  expect(funnelQuestion(search)).toEqual({ step: ['Visit', 'Cart', 'Pay'], window: '7d' });
});

test('what must not happen stands between each two steps', () => {
  const { step } = funnelQuestion({ ...search, without: ['Error', 'Call'] });
  expect(step).toEqual(['Visit', '!Error', '!Call', 'Cart', '!Error', '!Call', 'Pay']);
});

test('steps in any order have nothing between them, no step before and no entries', () => {
  const asked = { ...search, without: ['Error'], betweenSteps: true, entries: true, window: '1d' as const };
  expect(funnelQuestion({ ...asked, stepOrder: 'any-order' })).toEqual({
    step: ['Visit', 'Cart', 'Pay'],
    window: '1d',
    order: 'any-order',
  });
  expect(funnelQuestion({ ...asked, stepOrder: 'strict' })).toMatchObject({
    order: 'strict',
    window_runs: 'between-steps',
    count: 'entries',
  });
});
