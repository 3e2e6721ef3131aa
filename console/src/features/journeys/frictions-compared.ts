// What hinders two populations. Pure.
import type { Frictions } from '@/api/client';
import { type Change, changeOf } from './comparison';
import type { Friction } from './frictions';

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
