import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/keys', { signal })),
});

export const countsQuery = queryOptions({
  queryKey: ['events', 'count'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/events/count', { signal })),
});

const PAGE = 100;

export interface DeadOnly {
  code?: string;
  source?: string;
}

export const deadLetterQuery = (id: string) =>
  queryOptions({
    queryKey: ['dead-letter', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/dead-letters/{id}', { params: { path: { id }, query: { with_raw: true } }, signal })),
    // It is asked again each time: somebody else may have mended it.
    gcTime: 0,
  });

export const deadLettersQuery = (withRaw: boolean, only: DeadOnly = {}) =>
  infiniteQueryOptions({
    queryKey: ['dead-letters', withRaw, only],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/dead-letters', {
          params: { query: { limit: PAGE, after: pageParam, with_raw: withRaw, ...only } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
