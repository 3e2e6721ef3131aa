// What waits for an answer, and since when. Pure but for the clock.
import type { UseQueryResult } from '@tanstack/react-query';

/** What takes less looks immediate: nothing is said of it. */
export const SOON_MS = 300;

type Asked = Pick<UseQueryResult, 'data' | 'fetchStatus' | 'isError' | 'isPlaceholderData'>;

/** Whether an answer is here, on its way, or was stopped on its way; one to the question before is none. */
export function waitOf({ data, fetchStatus, isError, isPlaceholderData }: Asked): 'answered' | 'waiting' | 'stopped' {
  if (data !== undefined && !isPlaceholderData) return 'answered';
  if (fetchStatus !== 'idle') return 'waiting';
  return isError ? 'answered' : 'stopped';
}

/** Tells how many whole seconds have passed, from `after` on and then each second, until what it gives back is called. */
export function tellSeconds(tell: (seconds: number) => void, after = SOON_MS): () => void {
  const begun = performance.now();
  let timer = setTimeout(tellNow, after);
  function tellNow() {
    const passed = performance.now() - begun;
    tell(Math.floor(passed / 1000));
    timer = setTimeout(tellNow, 1000 - (passed % 1000));
  }
  return () => clearTimeout(timer);
}
