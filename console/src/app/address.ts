// How the view is written into the address: as the router does, but a list of channels as the interface takes it, `channel=web&channel=app`.
import { defaultParseSearch, defaultStringifySearch } from '@tanstack/react-router';

export const parseAddress = defaultParseSearch;

export function writeAddress(search: Record<string, unknown>): string {
  const { channel, ...rest } = search;
  const written = defaultStringifySearch(rest);
  if (!Array.isArray(channel) || channel.length === 0) return written;
  const channels = channel.map((each) => `channel=${encodeURIComponent(String(each))}`).join('&');
  return written === '' ? `?${channels}` : `${written}&${channels}`;
}
