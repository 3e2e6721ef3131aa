// What every analysis is asked over: a period and some channels, both in the address.
import { useSearch } from '@tanstack/react-router';
import { type Period, readPeriod } from './period';

/** As the interface calls events without a channel. */
export const NO_CHANNEL = '(none)';

const MOST_CHANNELS = 50;

export interface Scope extends Period {
  /** Only events on these channels; all of them when there are none. */
  channel?: string[];
}

/** Reads channels from the address, where one may stand alone; each once, in the order of the alphabet. */
export function readChannels(given: unknown): string[] | undefined {
  const list = Array.isArray(given) ? given : [given];
  const names = list.flatMap((each) =>
    typeof each === 'string' && each !== ''
      ? [each]
      : typeof each === 'number' || typeof each === 'boolean'
        ? [String(each)]
        : [],
  );
  const channels = [...new Set(names)].sort().slice(0, MOST_CHANNELS);
  return channels.length > 0 ? channels : undefined;
}

/** Reads the period and the channels from the address. */
export function readScope(search: Record<string, unknown>): Scope {
  const channel = readChannels(search.channel);
  return { ...readPeriod(search), ...(channel ? { channel } : {}) };
}

export function scopeOf({ from, to, channel }: Scope): Scope {
  return { from, to, channel };
}

export function useScope(): Scope {
  return useSearch({ from: '__root__', select: scopeOf, structuralSharing: true });
}
