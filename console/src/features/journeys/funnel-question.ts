// A funnel as the interface takes it. Pure.

import { DEFAULT_WINDOW } from './defaults';
import type { ExplorerSearch } from './search-params';

export interface FunnelQuestion {
  /** Activities with their conditions; what must not happen between two of them has `!` before it. */
  step: string[];
  window: string;
  order?: 'strict' | 'any-order';
  window_runs?: 'between-steps';
  count?: 'entries';
}

/** The question of an address; what has no meaning for steps in any order is left out. */
export function funnelQuestion(search: ExplorerSearch): FunnelQuestion {
  const { steps = [], window = DEFAULT_WINDOW, stepOrder, betweenSteps, entries, without = [] } = search;
  const hasOrder = stepOrder !== 'any-order';
  const excluded = without.map((activity) => `!${activity}`);
  const step = hasOrder ? steps.flatMap((each, index) => (index === 0 ? [each] : [...excluded, each])) : steps;
  return {
    step,
    window,
    ...(stepOrder ? { order: stepOrder } : {}),
    ...(betweenSteps && hasOrder ? { window_runs: 'between-steps' } : {}),
    ...(entries && hasOrder ? { count: 'entries' } : {}),
  };
}
