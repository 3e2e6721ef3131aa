import { QueryClient } from '@tanstack/react-query';
import { Problem } from '@/api/problem';

const BUSY = new Set([429, 503]);

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // Refusals are answers: asking again changes nothing. A busy server says that it will have time.
      retry: (failures, error) => error instanceof Problem && BUSY.has(error.status) && failures < 2,
      staleTime: 15_000,
      refetchOnWindowFocus: false,
    },
  },
});
