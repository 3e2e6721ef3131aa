import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';

export const changesQuery = queryOptions({
  queryKey: ['journeys', 'changes'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/journeys/changes', { signal })),
});

export const freshnessQuery = queryOptions({
  queryKey: ['events', 'freshness'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/events/freshness', { signal })),
});

export const findingsQuery = queryOptions({
  queryKey: ['findings'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/findings', { signal })),
  staleTime: 60_000,
});
