// Questions that the organisation keeps: what of the address belongs to one, and whether it has changed since. Pure.
import { readPeriod } from '@/app/period';
import { readChannels, type Scope } from '@/app/scope';
import { type ExplorerSearch, readExplorerSearch } from './search-params';

export type Question = ExplorerSearch & Scope;

/** What is asked, without what is only open at the moment. */
export function questionOf(search: ExplorerSearch, scope: Scope): Question {
  const { behind: _behind, saved: _saved, after: _after, ...asked } = search;
  const all: Question = { ...asked, ...scope };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as Question;
}

/** A question as it was kept; what this console cannot read of it is left out. */
export function readQuestion(kept: Record<string, unknown>): Question {
  const channel = readChannels(kept.channel);
  return questionOf(readExplorerSearch(kept as Parameters<typeof readExplorerSearch>[0]), {
    ...readPeriod(kept),
    ...(channel ? { channel } : {}),
  });
}

/** Whether two questions ask the same, in whatever order their parts stand. */
export function isSameQuestion(one: Question, other: Question): boolean {
  const written = (question: Question) => JSON.stringify(Object.entries(question).sort(([a], [b]) => (a < b ? -1 : 1)));
  return written(one) === written(other);
}

/** As the description of the interface calls an object of any members: one that has none. */
export function asKept(question: object): Record<string, never> {
  return { ...question };
}
