import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useScope } from '@/app/scope';
import type { CommentsQuestion } from './queries';
import type { CommentsSearch } from './search-params';

export function useCommentsSearch(): CommentsSearch {
  return useSearch({ from: '/listening/comments' });
}

/** Changes the question in the address; turning a knob is not a step of the browser's history. */
export function useAskComments(): (change: Partial<CommentsSearch>, options?: { replace?: boolean }) => void {
  const navigate = useNavigate({ from: '/listening/comments' });
  return (change, options) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: options?.replace ?? false });
}

/** Which comments the page is about. */
export function useCommentsQuestion(): CommentsQuestion {
  const scope = useScope();
  const { topic, sentiment, group } = useCommentsSearch();
  return useMemo(() => ({ topic, sentiment, group, ...scope }), [topic, sentiment, group, scope]);
}
