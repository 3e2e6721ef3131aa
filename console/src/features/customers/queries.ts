import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api, type TimelineEvent } from '@/api/client';
import type { Scope } from '@/app/scope';

const LIST_PAGE = 50;

/** Customers page by page: all of them, or those that a text leads to. What was found before stays until the answer is there. */
export const customersQuery = (q: string | undefined, limit = LIST_PAGE) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'list', q ?? null, limit],
    queryFn: ({ pageParam, signal }) =>
      answer(api.GET('/api/v1/customers', { params: { query: { q, limit, after: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'one', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/customers/{id}', { params: { path: { id } }, signal })),
  });

const PAGE = 10_000;
const MOST_PAGES = 5;

export interface WholeTimeline {
  events: TimelineEvent[];
  /** Whether there are events beyond those read. */
  isCut: boolean;
}

const TIMELINE_PAGE = 200;

export interface TimelineFilter extends Scope {
  kind?: string[];
}

/** The events that fit, newest first, page by page as one goes back. */
export const timelineQuery = (id: string, filter: TimelineFilter) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'timeline', id, filter],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/v1/customers/{id}/events', {
          params: { path: { id }, query: { ...filter, order: 'desc', limit: TIMELINE_PAGE, after: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before, query) => (query?.queryKey[2] === id ? before : undefined),
  });

/** The whole relation, oldest first, for what is told of all of it. */
export const relationQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'relation', id],
    queryFn: async ({ signal }): Promise<WholeTimeline> => {
      const events: TimelineEvent[] = [];
      let after: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const part = await answer(
          api.GET('/api/v1/customers/{id}/events', { params: { path: { id }, query: { limit: PAGE, after } }, signal }),
        );
        events.push(...part.events);
        if (!part.next) return { events, isCut: false };
        after = part.next;
      }
      return { events, isCut: true };
    },
  });
