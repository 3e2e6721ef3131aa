// What hinders customers, as it is called and as its intervals are drawn. Pure.
import type { Frictions } from '@/api/client';

export type Friction = Frictions['frictions'][number];

export const FRICTION_KINDS = ['loop', 'alternation', 'repeated_contact', 'wait', 'error', 'abandonment'] as const;
export type FrictionKind = (typeof FRICTION_KINDS)[number];

/** A friction by its kind and what it is about. */
export interface NamedFriction {
  kind: FrictionKind;
  /** Activities; of a repeated contact with a known reason, the property and its value. */
  about: readonly string[];
}

/** Reads the words by which a friction is asked for: `["wait","Call Queued","Call Ended"]`, `["wait","Call Queued"]`. */
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

/** Whether those who met it spent more, or less, than comparable customers, or as much as chance would have it. */
export function kindOfSpending({ spent }: Friction): 'more' | 'less' | 'same' | null {
  if (!spent) return null;
  return spent.low > 0 ? 'less' : spent.high < 0 ? 'more' : 'same';
}

/** The scale on which all differences stand: from the lowest end to the highest, zero always among them. */
export function lossScale(frictions: readonly Friction[]): { at: (difference: number) => number } {
  const ends = frictions.flatMap(({ lost }) => (lost ? [lost.difference_low, lost.difference_high] : []));
  const least = Math.min(-0.01, ...ends);
  const most = Math.max(0.01, ...ends);
  return { at: (difference) => (difference - least) / (most - least) };
}
