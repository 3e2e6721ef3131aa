import { queryOptions } from '@tanstack/react-query';
import { answer, api, type TimelineEvent } from '@/api/client';

export const foundCustomersQuery = (identifier: string) =>
  queryOptions({
    queryKey: ['customers', 'found', identifier],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/customers', { params: { query: { identifier } }, signal })),
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

/** The whole timeline, oldest first: the pages of the interface begin with the oldest, the page begins with the newest. */
export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'timeline', id],
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
