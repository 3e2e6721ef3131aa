import { useCallback } from 'react';
import { useNames } from '@/features/customers/use-names';

/** A touch in words: the channel, and what was done on it. */
export function useTouchName(): (touch: { channel: string; activity: string | null }) => string {
  const names = useNames();
  return useCallback(
    ({ channel, activity }) => (activity === null ? names.channel(channel) : `${names.channel(channel)}: ${activity}`),
    [names],
  );
}
