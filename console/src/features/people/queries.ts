import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/users', { signal })),
});

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/invitations', { signal })),
});

export const mySessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/sessions', { signal })),
  staleTime: 0,
});
