import { expect, test } from 'vitest';
import { patience, readMessages } from './live-messages';

test('messages are read whole, in whatever pieces they come', () => {
  const text = 'retry: 3000\n\nevent: counts\ndata: {"dead":1}\n\n: still here\n\nevent: events\ndata: {"ev';
  const { messages, rest } = readMessages(text);
  expect(messages).toEqual([{ name: 'counts', data: { dead: 1 } }]);
  expect(readMessages(`${rest}ents":[]}\n\n`).messages).toEqual([{ name: 'events', data: { events: [] } }]);
});

test('what is no JSON is passed over', () => {
  expect(readMessages('event: counts\ndata: {"dead"\n\nevent: dead\r\ndata: 2\r\n\r\n')).toEqual({
    messages: [{ name: 'dead', data: 2 }],
    rest: '',
  });
});

test('who fails again and again asks less and less often', () => {
  expect(patience(0, 0.5)).toBe(1_000);
  expect(patience(3, 0.5)).toBe(8_000);
  expect(patience(99, 1)).toBeLessThanOrEqual(37_500);
});
