import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Scope } from '@/app/scope';
import type { Among, Every, MetricName, OutcomeName, Way } from './search-params';

export interface ScoresQuestion extends Scope {
  metric: MetricName;
  every: Every;
  /** What answers are told apart by; everybody together where there is none. */
  by?: Way;
  segment?: string;
  survey?: string;
}

export const scoresQuery = ({ metric, every, by, segment, survey, ...scope }: ScoresQuestion) =>
  queryOptions({
    queryKey: ['scores', metric, every, by, segment, survey, scope],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/scores', {
          params: {
            query: { metric, every, by, survey, segment: segment === undefined ? undefined : [segment], ...scope },
          },
          signal,
        }),
      ),
    // Another period of the same metric may be shown over the one before; a score of another metric would be read as this one's.
    placeholderData: (before, query) =>
      query?.queryKey[1] === metric && query.queryKey[3] === by ? keepPreviousData(before) : undefined,
  });

export interface DriversQuestion extends Scope {
  of: OutcomeName;
  /** Where variables come from; everywhere where there is none. */
  among?: Among;
  /** In days. */
  before: number;
  survey?: string;
  segment?: string;
}

export const driversQuery = ({ of, among, before, survey, segment, ...scope }: DriversQuestion) =>
  queryOptions({
    queryKey: ['drivers', of, among, before, survey, segment, scope],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/drivers', {
          params: {
            query: {
              of,
              among: among === undefined ? undefined : [among],
              before: `${before}d`,
              survey,
              segment: segment === undefined ? undefined : [segment],
              ...scope,
            },
          },
          signal,
        }),
      ),
    // What moves one outcome would be read as what moves another.
    placeholderData: (earlier, query) => (query?.queryKey[1] === of ? keepPreviousData(earlier) : undefined),
  });

export const metricsQuery = queryOptions({
  queryKey: ['metrics'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/metrics', { signal })),
});

export const surveysQuery = queryOptions({
  queryKey: ['surveys'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/surveys', { signal })),
});

export const surveyExamplesQuery = queryOptions({
  queryKey: ['surveys', 'examples'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/surveys/examples', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});
