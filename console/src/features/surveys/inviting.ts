// Whom a survey invites by itself, as its file says it (`invite`). Pure.
import { isObject, type Json, type JsonObject, valueAt, withValue } from './document';

export const OCCASIONS = ['nobody', 'event', 'moments', 'days'] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** What leads to an invitation; `null` for what this editor does not write. */
export function occasionOf(file: Json): Occasion | null {
  const invite = valueAt(file, ['invite']);
  if (invite === undefined) return 'nobody';
  const when = isObject(invite) ? invite.when : undefined;
  if (!isObject(when)) return null;
  if ('event' in when) return 'event';
  if ('every_days' in when) return 'moments';
  return 'days' in when ? 'days' : null;
}

const FIRST: Record<Exclude<Occasion, 'nobody'>, JsonObject> = {
  event: { event: '', after_minutes: 120 },
  moments: { every_days: 90 },
  days: { days: [], hour: 10 },
};

/** The file with another occasion; whom it asks and how often stays as it is. */
export function withOccasion(file: Json, occasion: Occasion): Json {
  return occasion === 'nobody'
    ? withValue(file, ['invite'], undefined)
    : withValue(file, ['invite', 'when'], FIRST[occasion]);
}

/** Days as people write them: `2026-12-01, 2027-03-01`. */
export function daysOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((day) => day !== '');
}

/** What became of planned invitations, in the order in which it is told: who was invited first, then why others were not. */
export const ENDS = [
  'invited',
  'too_soon',
  'too_often',
  'refused',
  'no_address',
  'outside_segment',
  'too_late',
  'not_open',
] as const;
export type End = (typeof ENDS)[number];

export interface EndCount {
  end: End;
  count: number;
  /** Of all that came to an end. */
  share: number;
}

export function endCounts(ended: Readonly<Record<string, number>>): EndCount[] {
  const counts = ENDS.map((end) => ({ end, count: ended[end] ?? 0 })).filter(({ count }) => count > 0);
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  return counts.map(({ end, count }) => ({ end, count, share: count / all }));
}
