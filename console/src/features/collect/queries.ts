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

export const deadLettersQuery = (withRaw: boolean) =>
  infiniteQueryOptions({
    queryKey: ['dead-letters', withRaw],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/dead-letters', {
          params: { query: { limit: PAGE, after: pageParam, with_raw: withRaw } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
