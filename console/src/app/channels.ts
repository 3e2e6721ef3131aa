import { queryOptions } from '@tanstack/react-query';
import { answer } from '@/api/client';
import { coming } from '@/api/coming';

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: ({ signal }) => answer(coming.GET('/api/v1/channels', { signal })),
  staleTime: 60_000,
});
