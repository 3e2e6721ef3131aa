import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tellSeconds, waitOf } from './waiting';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('nothing is told of what is answered at once', () => {
  const tell = vi.fn();
  const stop = tellSeconds(tell);
  vi.advanceTimersByTime(299);
  stop();
  vi.advanceTimersByTime(10_000);
  expect(tell).not.toHaveBeenCalled();
});

test('from three tenths of a second on, each second is told once', () => {
  const tell = vi.fn();
  const stop = tellSeconds(tell);
  vi.advanceTimersByTime(300);
  expect(tell.mock.calls).toEqual([[0]]);
  vi.advanceTimersByTime(699);
  expect(tell).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(2_001);
  expect(tell.mock.calls).toEqual([[0], [1], [2], [3]]);
  stop();
  vi.advanceTimersByTime(10_000);
  expect(tell).toHaveBeenCalledTimes(4);
});

test('who already waits is told of the next question at once', () => {
  const tell = vi.fn();
  const stop = tellSeconds(tell, 0);
  vi.advanceTimersByTime(1);
  expect(tell.mock.calls).toEqual([[0]]);
  stop();
});

/** A question that is never answered, as a page asks it, beside an answer to the one before. */
function ask(signals: AbortSignal[], before?: string) {
  const client = new QueryClient();
  const observer = new QueryObserver(client, {
    queryKey: ['slow'],
    queryFn: ({ signal }): Promise<string> => {
      signals.push(signal);
      return new Promise(() => undefined);
    },
    placeholderData: before,
  });
  const leave = observer.subscribe(() => undefined);
  return { client, observer, leave };
}

test('stopping ends the request, keeps the answer before, and the question can be asked again', async () => {
  const signals: AbortSignal[] = [];
  const { client, observer, leave } = ask(signals, 'before');
  expect(waitOf(observer.getCurrentResult())).toBe('waiting');
  await client.cancelQueries({ queryKey: ['slow'], exact: true });
  await vi.runAllTimersAsync();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(waitOf(observer.getCurrentResult())).toBe('stopped');
  expect(observer.getCurrentResult().data).toBe('before');
  void observer.refetch();
  await vi.runAllTimersAsync();
  expect(waitOf(observer.getCurrentResult())).toBe('waiting');
  expect(signals).toHaveLength(2);
  leave();
  client.clear();
});

test('a first question that is stopped has no answer, and one that was refused is not waited for', async () => {
  const { client, observer, leave } = ask([]);
  await client.cancelQueries({ queryKey: ['slow'], exact: true });
  await vi.runAllTimersAsync();
  expect(waitOf(observer.getCurrentResult())).toBe('stopped');
  expect(observer.getCurrentResult().data).toBeUndefined();
  leave();
  client.clear();
  expect(waitOf({ data: undefined, fetchStatus: 'idle', isError: true, isPlaceholderData: false })).toBe('answered');
  expect(waitOf({ data: 1, fetchStatus: 'fetching', isError: false, isPlaceholderData: false })).toBe('answered');
});
