import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Scope } from '@/app/scope';
import type { BehindQuestion } from './behind';
import { type By, MOST_PATHS } from './defaults';
import type { FrictionsQuestion } from './frictions-question';
import type { FunnelQuestion } from './funnel-question';
import type { PathsHeld, PathsShape } from './paths-question';

/** Medians cost the server a further pass: only who shows them asks for them. */
export const mapQuery = (scope: Scope, { medians }: { medians: boolean }) =>
  queryOptions({
    queryKey: ['journeys', 'map', medians, scope],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/journeys/map', { params: { query: { ...scope, medians } }, signal })),
    placeholderData: keepPreviousData,
  });

export const pathsQuery = (held: PathsHeld | null, shape: PathsShape, scope: Scope = {}, top = MOST_PATHS) =>
  queryOptions({
    queryKey: ['journeys', 'paths', held, shape, top, scope],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/journeys/paths', {
          params: { query: { ...held, ...shape, top, ...scope } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const funnelQuery = (question: FunnelQuestion, scope: Scope = {}) =>
  queryOptions({
    queryKey: ['journeys', 'funnel', question, scope],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/journeys/funnel', { params: { query: { ...question, ...scope } }, signal })),
    placeholderData: keepPreviousData,
  });

/** The same funnel for each value of something; it costs the server more, so that only who looks at it asks for it. */
export const breakdownQuery = (question: FunnelQuestion, by: string, scope: Scope) =>
  queryOptions({
    queryKey: ['journeys', 'breakdown', question, by, scope],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/journeys/funnel', { params: { query: { ...question, by, ...scope } }, signal })),
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
export const afterDroppingQuery = (question: FunnelQuestion, scope: Scope) =>
  queryOptions({
    queryKey: ['journeys', 'after-dropping', question, scope],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/journeys/funnel', {
          params: { query: { ...question, after_dropping: true, ...scope } },
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

export interface RetentionQuestion extends Scope {
  /** Any activity where there is none. */
  start?: string;
  back?: string;
  by: By;
  later?: boolean;
}

export const retentionQuery = ({ start, back, by, later, ...scope }: RetentionQuestion) =>
  queryOptions({
    queryKey: ['journeys', 'retention', start, back, by, later, scope],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/journeys/retention', {
          params: {
            query: {
              start: start === undefined ? undefined : [start],
              return: back === undefined ? undefined : [back],
              every: by,
              rule: later ? 'on_or_after' : 'exactly',
              ...scope,
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const lifeCycleQuery = ({ start, by, ...scope }: Pick<RetentionQuestion, 'start' | 'by'> & Scope) =>
  queryOptions({
    queryKey: ['journeys', 'life-cycle', start, by, scope],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/journeys/life-cycle', {
          params: { query: { activity: start === undefined ? undefined : [start], every: by, ...scope } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export interface AttributionQuestion extends Scope {
  outcome: string;
  lookBack: string;
  touch: string;
  /** Touches that the chain of the removal effects remembers. */
  memory: number;
  /** Whether touches before an earlier outcome count too. */
  everyTouch?: boolean;
}

export const attributionQuery = ({ outcome, lookBack, touch, memory, everyTouch, ...scope }: AttributionQuestion) =>
  queryOptions({
    queryKey: ['journeys', 'attribution', outcome, lookBack, touch, memory, everyTouch, scope],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/journeys/attribution', {
          params: {
            query: {
              outcome: [outcome],
              window: lookBack,
              by: touch,
              path: everyTouch ? 'whole_window' : 'since_outcome_before',
              removal: memory,
              ...scope,
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export interface EffortQuestion extends Scope {
  goal: string;
  /** Whatever came first where there is none. */
  start?: string;
}

/** Half a year. */
const WEEKS_OF_EFFORT = 26;

export const effortQuery = ({ goal, start, ...scope }: EffortQuestion) =>
  queryOptions({
    queryKey: ['journeys', 'effort', goal, start, scope],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/journeys/effort', {
          params: {
            query: { goal: [goal], start: start === undefined ? undefined : [start], weeks: WEEKS_OF_EFFORT, ...scope },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const frictionsQuery = (question: FrictionsQuestion, scope: Scope) =>
  queryOptions({
    queryKey: ['journeys', 'frictions', question, scope],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/journeys/frictions', { params: { query: { ...question, ...scope } }, signal })),
    placeholderData: keepPreviousData,
  });
