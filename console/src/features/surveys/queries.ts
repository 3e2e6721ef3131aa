import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Marked } from './search-params';

const PAGE_ANSWERS = 25;

export const surveyQuery = (id: string) =>
  queryOptions({
    queryKey: ['surveys', 'one', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/surveys/{id}', { params: { path: { id } }, signal })),
  });

/** Who answered of those who were invited in the last days, or ever. */
export const responseQuery = (id: string, days: number | undefined) =>
  queryOptions({
    queryKey: ['surveys', 'response', id, days],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/surveys/{id}/response', { params: { path: { id }, query: { days } }, signal })),
  });

/** The file of a version, which never changes. */
export const versionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['surveys', 'version', id, version],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/surveys/{id}/versions/{version}', { params: { path: { id, version } }, signal }),
      ) as Promise<unknown>,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The answers, the newest first, page by page; only those with or without marks where that is told. */
export const answersQuery = (id: string, marks?: Marked) =>
  infiniteQueryOptions({
    queryKey: ['surveys', 'answers', id, marks],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET('/api/v1/surveys/{id}/responses', {
          params: { path: { id }, query: { limit: PAGE_ANSWERS, before: pageParam, marks } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const codeQuery = (id: string, about: { touchpoint?: string; unit?: string }) =>
  queryOptions({
    queryKey: ['surveys', 'code', id, about],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/surveys/{id}/qr.svg', { params: { path: { id }, query: about }, parseAs: 'text', signal }),
      ),
  });

/** How many invitations wait, and what became of the others. */
export const plannedQuery = (id: string) =>
  queryOptions({
    queryKey: ['surveys', 'planned', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/surveys/{id}/planned', { params: { path: { id } }, signal })),
  });

export const contactRuleQuery = queryOptions({
  queryKey: ['contact-rule'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/contact-rule', { signal })),
});

/** What customers do, by name, to be chosen from. */
export const activityNamesQuery = queryOptions({
  queryKey: ['surveys', 'activity-names'],
  queryFn: async ({ signal }) => {
    const { activities } = await answer(api.GET('/api/v1/activities', { signal }));
    return activities.map(({ name }) => name);
  },
  staleTime: 60_000,
});

export const segmentNamesQuery = queryOptions({
  queryKey: ['surveys', 'segment-names'],
  queryFn: async ({ signal }) => {
    const { segments } = await answer(api.GET('/api/v1/segments', { signal }));
    return segments.map(({ name }) => name);
  },
  staleTime: 60_000,
});
