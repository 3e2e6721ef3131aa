import type { QueryClient } from '@tanstack/react-query';
import { organisationQuery } from '@/app/organisation';
import { keysQuery } from './queries';
import type { SourcesSearch } from './search-params';

export function askForSources(queries: QueryClient, { tab }: SourcesSearch) {
  if (tab === 'keys') void queries.prefetchQuery(keysQuery);
  void queries.prefetchQuery(organisationQuery);
}
