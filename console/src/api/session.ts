// Who is using the console. Until people sign in, it is whoever brings a key; a cookie session later replaces this file alone.
import { useSyncExternalStore } from 'react';

const STORED_AS = 'vivencia.key';
const listeners = new Set<() => void>();

function announce() {
  for (const listener of listeners) listener();
}

/** The header that proves who asks, or nothing when nobody has signed in. */
export function sessionHeaders(): Record<string, string> {
  const key = sessionStorage.getItem(STORED_AS);
  return key ? { Authorization: `Bearer ${key}` } : {};
}

export function beginSession(key: string) {
  sessionStorage.setItem(STORED_AS, key.trim());
  announce();
}

export function endSession() {
  sessionStorage.removeItem(STORED_AS);
  announce();
}

export function hasSession(): boolean {
  return sessionStorage.getItem(STORED_AS) !== null;
}

export function useHasSession(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, hasSession);
}
