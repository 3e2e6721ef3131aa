import type { QueryClient } from '@tanstack/react-query';
import { organisationQuery } from '@/app/organisation';
import { mapQuery, savedQuestionsQuery } from '@/features/journeys/queries';
import { changesQuery } from './queries';

export function askForHome(queries: QueryClient) {
  void queries.prefetchQuery(organisationQuery);
  void queries.prefetchQuery(mapQuery({}, { medians: false }));
  void queries.prefetchQuery(changesQuery);
  void queries.prefetchQuery(savedQuestionsQuery);
}
