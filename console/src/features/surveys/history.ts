// What can be undone while a survey is written. Pure.
import type { Json } from './document';

export interface History {
  past: readonly Json[];
  present: Json;
  future: readonly Json[];
  /** What the last change was made in, so that typing in one field is one step. */
  field: string | null;
}

const MOST_STEPS = 100;

export function beginHistory(present: Json): History {
  return { past: [], present, future: [], field: null };
}

export function change(history: History, present: Json, field: string | null = null): History {
  if (present === history.present) return history;
  const isSameField = field !== null && field === history.field && history.past.length > 0;
  const past = isSameField ? history.past : [...history.past, history.present].slice(-MOST_STEPS);
  return { past, present, future: [], field };
}

export function undo(history: History): History {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    field: null,
  };
}

export function redo(history: History): History {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, field: null };
}
