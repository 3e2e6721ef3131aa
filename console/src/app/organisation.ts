import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from '@/api/client';

export const organisationQuery = queryOptions({
  queryKey: ['organisation'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/organisation', { signal })),
  staleTime: 5 * 60_000,
});

export function useOrganisation() {
  return useQuery(organisationQuery).data;
}

const ZONE_HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone whose days and clocks the whole console shows; the browser's until the organisation's is known. */
export function useTimeZone(): string {
  return useOrganisation()?.time_zone ?? ZONE_HERE;
}
