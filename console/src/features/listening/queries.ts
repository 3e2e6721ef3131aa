import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Scope } from '@/app/scope';
import type { Every, MetricName, Way } from './search-params';

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

export const surveysQuery = queryOptions({
  queryKey: ['surveys'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/surveys', { signal })),
});

export const surveyExamplesQuery = queryOptions({
  queryKey: ['surveys', 'examples'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/surveys/examples', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});
