import type { SearchSchemaInput } from '@tanstack/react-router';

export const TABS = ['keys', 'connect', 'import', 'live', 'dead'] as const;
export type Tab = (typeof TABS)[number];

export interface SourcesSearch {
  tab: Tab;
}

export function readSourcesSearch(search: Partial<SourcesSearch> & SearchSchemaInput): SourcesSearch {
  return { tab: TABS.find((tab) => tab === search.tab) ?? 'keys' };
}
