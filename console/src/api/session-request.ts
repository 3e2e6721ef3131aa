const KEY_STORED_AS = 'vivencia.key';

export function storedKey(): string | null {
  return sessionStorage.getItem(KEY_STORED_AS);
}

export function storeKey(key: string) {
  sessionStorage.setItem(KEY_STORED_AS, key);
}

export function forgetKey() {
  sessionStorage.removeItem(KEY_STORED_AS);
}

/** What goes with every request: a key if there is one, and the word that only our own pages can say. */
export function sessionHeaders(): Record<string, string> {
  const key = storedKey();
  return { 'X-Vivencia': '1', ...(key ? { Authorization: `Bearer ${key}` } : {}) };
}

let begun: Promise<Response | null> | null = null;

/** Asks who is here before anybody can make use of it. */
export function beginToAskForSession() {
  begun = askForSession();
}

/** Nothing when the server cannot be reached. What was asked in the beginning is taken once. */
export function askForSession(): Promise<Response | null> {
  const answer = begun ?? fetch('/api/v1/session', { headers: sessionHeaders() }).catch(() => null);
  begun = null;
  return answer;
}
