import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/channels', { signal })),
  staleTime: 60_000,
});
