import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ExplorerSearch } from './search-params';

export function useExplorerSearch(): ExplorerSearch {
  return useSearch({ from: '/journeys' });
}

/** Changes the question in the address; turning a knob is not a step of the browser's history. */
export function useAsk(): (change: Partial<ExplorerSearch>, options?: { replace?: boolean }) => void {
  const navigate = useNavigate({ from: '/journeys' });
  return (change, options) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: options?.replace ?? false });
}
