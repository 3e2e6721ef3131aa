// One connection to the server for all who want to know what arrives. It lives while somebody listens.
import { useSyncExternalStore } from 'react';
import type { Counts, LiveEvent } from './client';
import { patience, readMessages } from './live-messages';
import { sessionHeaders } from './session-request';

const PATH = '/api/v1/live';
const KEPT = 50;
/** The server says something every 15 seconds; a line that is silent for longer is dead. */
const SILENCE_MS = 40_000;

export type LiveStatus = 'connecting' | 'live' | 'lost' | 'refused';

export interface LiveState {
  status: LiveStatus;
  counts: Counts | null;
  /** The newest first. */
  events: readonly LiveEvent[];
  /** Events that came and are not among those shown, because there were too many at once. */
  leftOut: number;
  /** Dead letters since the connection began. */
  dead: number;
}

const NOTHING: LiveState = { status: 'connecting', counts: null, events: [], leftOut: 0, dead: 0 };

let state = NOTHING;
let connection: AbortController | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let failures = 0;
const listeners = new Set<() => void>();

function change(next: Partial<LiveState>) {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

function take(name: string, data: unknown) {
  if (name === 'counts') change({ counts: data as Counts });
  if (name === 'dead') change({ dead: state.dead + (data as { dead_letters: unknown[] }).dead_letters.length });
  if (name === 'events') {
    const { events, left_out } = data as { events: LiveEvent[]; left_out: number };
    const known = new Set(state.events.map((event) => event.id));
    const fresh = events.filter((event) => !known.has(event.id)).reverse();
    change({ events: [...fresh, ...state.events].slice(0, KEPT), leftOut: state.leftOut + left_out });
  }
}

async function listen(control: AbortController) {
  const giveUp = () => control.abort();
  let silence = setTimeout(giveUp, SILENCE_MS);
  try {
    const response = await fetch(PATH, {
      headers: { ...sessionHeaders(), Accept: 'text/event-stream' },
      signal: control.signal,
    });
    if (response.status === 401 || response.status === 403) {
      change({ status: 'refused' });
      return;
    }
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
    failures = 0;
    change({ status: 'live' });
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      clearTimeout(silence);
      silence = setTimeout(giveUp, SILENCE_MS);
      const { messages, rest } = readMessages(text + decoder.decode(value, { stream: true }));
      text = rest;
      for (const { name, data } of messages) take(name, data);
    }
    throw new Error('the stream ended');
  } catch {
    if (connection !== control) return;
    change({ status: 'lost' });
    timer = setTimeout(connect, patience(failures, Math.random()));
    failures += 1;
  } finally {
    clearTimeout(silence);
  }
}

function connect() {
  connection = new AbortController();
  void listen(connection);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    state = { ...NOTHING };
    failures = 0;
    connect();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    const ended = connection;
    connection = null;
    ended?.abort();
  };
}

/** What arrives, as it arrives. */
export function useLive(): LiveState {
  return useSyncExternalStore(subscribe, () => state);
}
