// Who is using the console: a person, by the cookie of their session, which no script can read; or whoever brought a key, which
// stays in this tab.
import { useSyncExternalStore } from 'react';
import { problemOf, unreachable } from './problem';
import type { components } from './schema';
import { askForSession, forgetKey, sessionHeaders, storeKey } from './session-request';

export type Me = components['schemas']['Session'];
export type Permission =
  | 'collect_events'
  | 'read_events'
  | 'read_personal_data'
  | 'read_customers'
  | 'read_journeys'
  | 'read_organisation'
  | 'save_questions'
  | 'read_surveys'
  | 'manage_surveys'
  | 'manage_scores'
  | 'manage_topics'
  | 'manage_mail'
  | 'manage_events'
  | 'manage_customers'
  | 'manage_keys'
  | 'manage_people'
  | 'manage_organisation';

/** Why nobody is here: nobody came yet, the session ended, or they left. */
export type Absence = 'nobody' | 'ended' | 'left' | 'unreachable';
export type Door = { state: 'asking' } | { state: 'absent'; why: Absence } | { state: 'present'; me: Me };

const listeners = new Set<() => void>();
let door: Door = { state: 'asking' };

function become(next: Door) {
  door = next;
  for (const listener of listeners) listener();
}

/** Asks the server who is here. */
export async function findSession(): Promise<Door> {
  const response = await askForSession();
  if (response?.ok) become({ state: 'present', me: (await response.json()) as Me });
  else if (response?.status === 401) {
    forgetKey();
    become({ state: 'absent', why: 'nobody' });
  } else become({ state: 'absent', why: 'unreachable' });
  return door;
}

/** Enters as whoever an answer of the server says that is here. */
export function enterAs(me: Me) {
  forgetKey();
  become({ state: 'present', me });
}

/** Sends something that answers with a session, and enters; throws what the server refuses. */
export async function enterBy(path: string, body: unknown): Promise<void> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Vivencia': '1' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw await problemOf(response);
  enterAs((await response.json()) as Me);
}

/** Changes the name or the language of whoever is signed in; throws what the server refuses. */
export async function changeMe(change: components['schemas']['MyChange']): Promise<void> {
  const response = await fetch('/api/v1/session', {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json', ...sessionHeaders() },
    body: JSON.stringify(change),
  }).catch((error: unknown) => {
    throw unreachable(error);
  });
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.status === 401) endSession();
    throw problem;
  }
  enterAs((await response.json()) as Me);
}

/** Enters with a key that the server knows. */
export async function enterWithKey(key: string): Promise<Door> {
  storeKey(key.trim());
  return findSession();
}

/** The server knows nobody any more: what was shown is not for whoever comes next. */
export function endSession(why: Absence = 'ended') {
  forgetKey();
  if (door.state !== 'absent') become({ state: 'absent', why });
}

/** Signs out, on the server too. */
export async function leave() {
  if (door.state === 'present' && door.me.kind === 'person')
    await fetch('/api/v1/session', { method: 'DELETE', headers: sessionHeaders() }).catch(() => null);
  endSession('left');
}

/** Calls whenever who is here changes; answers how to stop it. */
export function onDoor(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Who is here now, if anybody. */
export function whoIsHere(): Me | null {
  return door.state === 'present' ? door.me : null;
}

export function useDoor(): Door {
  return useSyncExternalStore(onDoor, () => door);
}

/** Who is here; only for what is shown to somebody. */
export function useMe(): Me | null {
  const found = useDoor();
  return found.state === 'present' ? found.me : null;
}

/** Whether whoever is here may do something. What they may not is not offered. */
export function useMay(): (permission: Permission) => boolean {
  const me = useMe();
  return (permission) => me?.permissions.includes(permission) ?? false;
}
