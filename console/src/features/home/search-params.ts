import type { SearchSchemaInput } from '@tanstack/react-router';

export const SPANS = [7, 30, 90, 365] as const;
export type Span = (typeof SPANS)[number];
export const DEFAULT_SPAN: Span = 7;

export interface HomeSearch {
  /** How many days are compared with as many before. */
  days?: Span;
}

export function readHomeSearch(search: Partial<HomeSearch> & SearchSchemaInput): HomeSearch {
  const days = SPANS.find((span) => span === search.days);
  return days && days !== DEFAULT_SPAN ? { days } : {};
}
