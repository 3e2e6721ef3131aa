// What hinders customers, as it is called and as its intervals are drawn. Pure.
import type { Frictions } from '@/api/client';
import { type Change, changeOf } from './comparison';

export type Friction = Frictions['frictions'][number];

export const FRICTION_KINDS = ['loop', 'alternation', 'repeated_contact', 'wait', 'error', 'abandonment'] as const;
export type FrictionKind = (typeof FRICTION_KINDS)[number];

/** A friction by its kind and what it is about. */
export interface NamedFriction {
  kind: FrictionKind;
  /** Activities; of a repeated contact with a known reason, the property and its value. */
  about: readonly string[];
}

/** Reads the words by which a friction is asked for: `["wait","Call Queued","Call Ended"]`. */
export function readFriction(element: string): NamedFriction | null {
  let read: unknown;
  try {
    read = JSON.parse(element);
  } catch {
    return null;
  }
  if (!Array.isArray(read) || !read.every((each) => typeof each === 'string')) return null;
  const [first, ...about] = read as string[];
  const kind = FRICTION_KINDS.find((each) => each === first);
  return kind ? { kind, about } : null;
}

/** Whether more, or fewer, are lost than of comparable customers, or as many as chance would have it. */
export function kindOfLoss({ lost }: Friction): 'more' | 'less' | 'same' | null {
  if (!lost) return null;
  return lost.difference_low > 0 ? 'more' : lost.difference_high < 0 ? 'less' : 'same';
}

/** The scale on which all differences stand: from the lowest end to the highest, zero always among them. */
export function lossScale(frictions: readonly Friction[]): { at: (difference: number) => number } {
  const ends = frictions.flatMap(({ lost }) => (lost ? [lost.difference_low, lost.difference_high] : []));
  const least = Math.min(-0.01, ...ends);
  const most = Math.max(0.01, ...ends);
  return { at: (difference) => (difference - least) / (most - least) };
}

export interface OtherFrictions {
  /** How the other side is called in words. */
  name: string;
  there: ReadonlyMap<string, Friction>;
  /** The difference in the share of all customers who met it, by element; none where one side does not say how many. */
  changes: ReadonlyMap<string, Change>;
  /** Frictions that only the other side lists. */
  gone: readonly Friction[];
}

/** The same frictions on two sides. Where an answer leaves out rare ones, what it does not list was met by an unknown number. */
export function otherFrictions(now: Frictions, { answer, name }: { answer: Frictions; name: string }): OtherFrictions {
  const [here, there] = [byElement(now), byElement(answer)];
  const changes = new Map<string, Change>();
  for (const element of new Set([...here.keys(), ...there.keys()])) {
    const own = here.get(element)?.customers ?? (now.left_out === 0 ? 0 : undefined);
    const others = there.get(element)?.customers ?? (answer.left_out === 0 ? 0 : undefined);
    if (own === undefined || others === undefined) continue;
    const change = changeOf({ part: own, whole: now.over.customers }, { part: others, whole: answer.over.customers });
    if (change) changes.set(element, change);
  }
  return { name, there, changes, gone: answer.frictions.filter(({ element }) => !here.has(element)) };
}

const byElement = ({ frictions }: Frictions) => new Map(frictions.map((friction) => [friction.element, friction]));
