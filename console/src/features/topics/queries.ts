import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api, type Topic, type TopicEdit } from '@/api/client';

export const topicsQuery = queryOptions({
  queryKey: ['topics'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/topics', { signal })),
  // Whoever changes them says so.
  staleTime: 60_000,
});

/** How many comments speak of each topic, of all that there are. */
export const topicCountsQuery = queryOptions({
  queryKey: ['comments', 'themes', 'of-topics'],
  queryFn: async ({ signal }) => {
    const query = { every: 'month' };
    const { themes } = await answer(api.GET('/api/v1/comments/themes', { params: { query }, signal }));
    return new Map(themes.map(({ topic, total }) => [topic, total.comments]));
  },
});

/** What a draft would find; while the next answer is on its way, the one before. */
export const checkQuery = (edit: TopicEdit) =>
  queryOptions({
    queryKey: ['topics', 'check', edit],
    queryFn: ({ signal }) => answer(api.POST('/api/v1/topics/check', { body: edit, signal })),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
    retry: false,
  });

export function saveTopics(version: number, topics: TopicEdit[]): Promise<{ version: number; topics: Topic[] }> {
  return answer(api.PUT('/api/v1/topics', { body: { version, topics } }));
}
