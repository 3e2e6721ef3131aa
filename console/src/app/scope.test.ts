import { expect, test } from 'vitest';
import { parseAddress, writeAddress } from './address';
import { readChannels } from './scope';

const channelsIn = (address: string) => readChannels((parseAddress(address) as Record<string, unknown>).channel);

test('channels stand in the address as the interface takes them, and are read back', () => {
  const address = writeAddress({ view: 'map', channel: ['app', 'tienda & web'] });
  expect(address).toBe('?view=map&channel=app&channel=tienda%20%26%20web');
  expect(channelsIn(address)).toEqual(['app', 'tienda & web']);
});

test('one channel alone is a list too, and a channel named like a number keeps its name', () => {
  expect(channelsIn('?channel=web')).toEqual(['web']);
  expect(channelsIn('?channel=24&channel=web')).toEqual(['24', 'web']);
});

test('what is no channel is left out, and no channel is every channel', () => {
  expect(readChannels([{}, null, ''])).toBeUndefined();
  expect(readChannels(undefined)).toBeUndefined();
  expect(writeAddress({ channel: undefined })).toBe('');
});
