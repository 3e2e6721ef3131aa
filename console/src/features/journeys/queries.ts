import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Scope } from '@/app/scope';
import type { BehindQuestion } from './behind';

/** Medians cost the server a further pass: only who shows them asks for them. */
export const mapQuery = (scope: Scope, { medians }: { medians: boolean }) =>
  queryOptions({
    queryKey: ['journeys', 'map', medians, scope],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/journeys/map', { params: { query: { ...scope, medians } }, signal })),
    placeholderData: keepPreviousData,
  });

export interface PathsQuestion extends Scope {
  start: string;
  length: number;
  top?: number;
}

/** More than are ever drawn one by one, so that moving the slider asks nothing. */
export const MOST_PATHS = 60;

export const pathsQuery = ({ start, length, top = MOST_PATHS, ...scope }: PathsQuestion) =>
  queryOptions({
    queryKey: ['journeys', 'paths', start, length, top, scope],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/journeys/paths', {
          params: { query: { from_activity: start, length, top, ...scope } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export interface FunnelQuestion extends Scope {
  steps: string[];
  window: string;
}

export const funnelQuery = ({ steps, window, ...scope }: FunnelQuestion) =>
  queryOptions({
    queryKey: ['journeys', 'funnel', steps, window, scope],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/journeys/funnel', { params: { query: { step: steps, window, ...scope } }, signal })),
    placeholderData: keepPreviousData,
  });

export const activitiesQuery = queryOptions({
  queryKey: ['activities'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/activities', { signal })),
  staleTime: 60_000,
});

export const propertiesQuery = (activity: string) =>
  queryOptions({
    queryKey: ['properties', activity],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/properties', { params: { query: { activity } }, signal })),
    staleTime: 60_000,
  });

const BEHIND_PAGE = 50;

export const behindQuery = (question: BehindQuestion) =>
  infiniteQueryOptions({
    queryKey: ['journeys', 'behind', question],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/journeys/customers', {
          params: { query: { ...question, limit: BEHIND_PAGE, after: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** Everybody behind an element, as a table for other programs. */
export async function readBehindCsv(question: BehindQuestion): Promise<Blob> {
  const { data } = await api.GET('/api/v1/journeys/customers', {
    params: { query: { ...question, format: 'csv' } },
    parseAs: 'blob',
  });
  return data ?? new Blob();
}

/** The funnel with what followed after dropping out: it costs the server more, so that only who looks at it asks for it. */
export const afterDroppingQuery = ({ steps, window, ...scope }: FunnelQuestion) =>
  queryOptions({
    queryKey: ['journeys', 'after-dropping', steps, window, scope],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/journeys/funnel', {
          params: { query: { step: steps, window, after_dropping: true, ...scope } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const savedQuestionsQuery = queryOptions({
  queryKey: ['questions'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/questions', { signal })),
  staleTime: 60_000,
});
