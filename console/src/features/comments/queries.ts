import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Scope } from '@/app/scope';
import { type Every, GROUPS, type Group, type Sentiment, type Sort } from './search-params';

/** Which comments. */
export interface CommentsQuestion extends Scope {
  topic?: string;
  sentiment?: Sentiment;
  group?: Group;
}

/** As the interface takes it: what may repeat is a list. */
const asked = ({ topic, sentiment, group, ...scope }: CommentsQuestion) => {
  const [metric, lowest, highest] = group === undefined ? [] : GROUPS[group];
  return {
    ...scope,
    topic: topic === undefined ? undefined : [topic],
    sentiment: sentiment === undefined ? undefined : [sentiment],
    metric,
    score_at_least: lowest,
    score_at_most: highest,
  };
};

export const commentsQuery = ({ q, sort, ...question }: CommentsQuestion & { q?: string; sort?: Sort }) =>
  infiniteQueryOptions({
    queryKey: ['comments', 'search', q, sort, question],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/v1/comments', {
          params: { query: { q, sort, limit: 20, after: pageParam, ...asked(question) } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const similarQuery = (event: string) =>
  queryOptions({
    queryKey: ['comments', 'similar', event],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/comments/{event}/similar', { params: { path: { event }, query: { limit: 5 } }, signal })),
  });

export const themesQuery = (every: Every, question: CommentsQuestion) =>
  queryOptions({
    queryKey: ['comments', 'themes', every, question],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/comments/themes', { params: { query: { every, ...asked(question) } }, signal })),
    placeholderData: keepPreviousData,
  });

/** What is new has its own days: of the period only its end counts. */
export const newsQuery = ({ from: _, ...question }: CommentsQuestion) =>
  queryOptions({
    queryKey: ['comments', 'news', question],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/comments/news', { params: { query: asked(question) }, signal })),
  });

/** A few comments that stand for many, as a file for a report. */
export async function fetchQuotes(question: CommentsQuestion, format: 'csv' | 'markdown'): Promise<string> {
  const query = { ...asked(question), format, limit: 12 };
  return answer(api.GET('/api/v1/comments/quotes', { params: { query }, parseAs: 'text' }));
}
