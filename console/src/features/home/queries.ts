import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';

export const changesQuery = queryOptions({
  queryKey: ['journeys', 'changes'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/journeys/changes', { signal })),
});
