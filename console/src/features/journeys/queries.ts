import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Period } from '@/app/period';

/** Medians cost the server a further pass: only who shows them asks for them. */
export const mapQuery = (period: Period, { medians }: { medians: boolean }) =>
  queryOptions({
    queryKey: ['journeys', 'map', medians, period],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/journeys/map', { params: { query: { ...period, medians } }, signal })),
    placeholderData: keepPreviousData,
  });

export interface PathsQuestion extends Period {
  start: string;
  length: number;
}

/** More than are ever drawn one by one, so that moving the slider asks nothing. */
export const MOST_PATHS = 60;

export const pathsQuery = ({ start, length, ...period }: PathsQuestion) =>
  queryOptions({
    queryKey: ['journeys', 'paths', start, length, period],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/journeys/paths', {
          params: { query: { from_activity: start, length, top: MOST_PATHS, ...period } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export interface FunnelQuestion extends Period {
  steps: string[];
  window: string;
}

export const funnelQuery = ({ steps, window, ...period }: FunnelQuestion) =>
  queryOptions({
    queryKey: ['journeys', 'funnel', steps, window, period],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/journeys/funnel', { params: { query: { step: steps, window, ...period } }, signal })),
    placeholderData: keepPreviousData,
  });

export const activitiesQuery = queryOptions({
  queryKey: ['activities'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/activities', { signal })),
  staleTime: 60_000,
});
