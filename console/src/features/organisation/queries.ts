import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from '@/api/client';

export const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/units', { signal })),
  staleTime: 5 * 60_000,
});

export const ratesQuery = queryOptions({
  queryKey: ['rates'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/rates', { signal })),
});

/** How people call a unit that events name by a code. */
export function useUnitLabel(): (unit: string) => string {
  const units = useQuery(unitsQuery).data?.units;
  return (unit) => units?.find((each) => each.name === unit)?.label ?? unit;
}
