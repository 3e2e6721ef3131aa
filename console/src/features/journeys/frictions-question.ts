// What hinders customers, as the interface takes it. Pure.
import { DEFAULT_HORIZON, DEFAULT_WINDOW } from './defaults';
import type { ExplorerSearch } from './search-params';

export interface FrictionsQuestion {
  /** What counts as staying; a purchase where there is none. */
  goal?: string[];
  /** What begins what may be abandoned before the goal. */
  start?: string[];
  window?: string;
  horizon: string;
}

export function frictionsQuestion(search: ExplorerSearch): FrictionsQuestion {
  const { outcome, begins, window = DEFAULT_WINDOW, horizon = DEFAULT_HORIZON } = search;
  if (outcome === undefined) return { horizon };
  return { goal: [outcome], horizon, ...(begins === undefined ? {} : { start: [begins], window }) };
}
