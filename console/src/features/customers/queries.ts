import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';

export const foundCustomersQuery = (identifier: string) =>
  queryOptions({
    queryKey: ['customers', 'found', identifier],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/customers', { params: { query: { identifier } }, signal })),
  });
