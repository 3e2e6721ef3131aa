import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useScope } from '@/app/scope';
import type { DriversQuestion } from './queries';
import { DEFAULT_BEFORE, DEFAULT_OUTCOME, type DriversSearch } from './search-params';

export function useDriversSearch(): DriversSearch {
  return useSearch({ from: '/listening/drivers' });
}

/** Changes the question in the address. */
export function useAskDrivers(): (change: Partial<DriversSearch>, options?: { replace?: boolean }) => void {
  const navigate = useNavigate({ from: '/listening/drivers' });
  return (change, options) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: options?.replace ?? false });
}

export function useDriversQuestion(): DriversQuestion {
  const scope = useScope();
  const { of = DEFAULT_OUTCOME, among, before = DEFAULT_BEFORE, survey, segment } = useDriversSearch();
  return useMemo(() => ({ of, among, before, survey, segment, ...scope }), [of, among, before, survey, segment, scope]);
}
