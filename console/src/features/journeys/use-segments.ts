import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { answer, api } from '@/api/client';

export const segmentsQuery = queryOptions({
  queryKey: ['segments'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/segments', { signal })),
  staleTime: 60_000,
});

export const segmentSizesQuery = (id: string) =>
  queryOptions({
    queryKey: ['segments', id, 'sizes'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/segments/{id}/sizes', { params: { path: { id } }, signal })),
  });

/** How a segment is called; its id while that is not known. */
export function useSegmentName(): (id: string | undefined) => string {
  const { data } = useQuery(segmentsQuery);
  return useCallback((id) => data?.segments.find((segment) => segment.id === id)?.name ?? id ?? '', [data]);
}
