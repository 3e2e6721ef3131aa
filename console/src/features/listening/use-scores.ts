import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useScope } from '@/app/scope';
import type { ScoresQuestion } from './queries';
import { DEFAULT_EVERY, DEFAULT_METRIC, type ScoresSearch } from './search-params';

export function useScoresSearch(): ScoresSearch {
  return useSearch({ from: '/listening' });
}

/** Changes the question in the address; turning a knob is not a step of the browser's history. */
export function useAskScores(): (change: Partial<ScoresSearch>, options?: { replace?: boolean }) => void {
  const navigate = useNavigate({ from: '/listening' });
  return (change, options) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: options?.replace ?? false });
}

/** What the page asks about everybody together. */
export function useScoresQuestion(): ScoresQuestion {
  const scope = useScope();
  const { metric = DEFAULT_METRIC, every = DEFAULT_EVERY, segment, survey } = useScoresSearch();
  return useMemo(() => ({ metric, every, segment, survey, ...scope }), [metric, every, segment, survey, scope]);
}
