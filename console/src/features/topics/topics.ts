import type { Topic, TopicEdit } from '@/api/client';

// A topic while it is being written. Pure.

export type Language = 'es' | 'en';
export const BOTH: readonly Language[] = ['es', 'en'];

/** What somebody has typed: of lists, one on each line. */
export interface Draft {
  id: string;
  isNew: boolean;
  name: Record<Language, string>;
  expressions: Record<Language, string>;
  examples: Record<Language, string>;
  isHidden: boolean;
}

const NOTHING = { es: '', en: '' };
const together = (lines: readonly string[] | undefined) => (lines ?? []).join('\n');

/** What the organisation says of a topic, to be changed. */
export function draftOf({ id, edit }: Topic): Draft {
  return {
    id,
    isNew: false,
    name: { es: edit?.name?.es ?? '', en: edit?.name?.en ?? '' },
    expressions: { es: together(edit?.expressions?.es), en: together(edit?.expressions?.en) },
    examples: { es: together(edit?.examples?.es), en: together(edit?.examples?.en) },
    isHidden: edit?.is_hidden ?? false,
  };
}

export const newDraft: Draft = {
  id: '',
  isNew: true,
  name: NOTHING,
  expressions: NOTHING,
  examples: NOTHING,
  isHidden: false,
};

/** The lines that say something. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** A name as an id: `Puntos del club` is `puntos_del_club`. */
export function idOf(name: string): string {
  const letters = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
  return letters.replace(/^_+|_+$/g, '').slice(0, 64);
}

/** The draft as the interface takes it; a new topic is called by its English name, or by its Spanish one. */
export function editOf(draft: Draft): TopicEdit {
  const lines = ({ es, en }: Record<Language, string>) => ({ es: linesOf(es), en: linesOf(en) });
  return {
    id: draft.isNew ? idOf(draft.name.en) || idOf(draft.name.es) : draft.id,
    name: { es: draft.name.es.trim(), en: draft.name.en.trim() },
    expressions: lines(draft.expressions),
    examples: lines(draft.examples),
    is_hidden: draft.isHidden,
  };
}

/** Whether an edit changes nothing of a topic of the program. */
export function saysNothing({ name, expressions, examples, is_hidden }: TopicEdit): boolean {
  const texts = [name?.es, name?.en, ...(expressions?.es ?? []), ...(expressions?.en ?? [])];
  const more = [...(examples?.es ?? []), ...(examples?.en ?? [])];
  return !is_hidden && [...texts, ...more].every((text) => !text);
}

/** Everything that the organisation says once one topic is as it is written; without it where there is none. */
export function editsWith(topics: readonly Topic[], id: string, edit: TopicEdit | null): TopicEdit[] {
  const others = topics.flatMap((topic) => (topic.edit && topic.id !== id ? [topic.edit] : []));
  return edit === null ? others : [...others, edit];
}

/** Whether a draft has what a check needs. */
export function isReady(draft: Draft, topic: Topic | undefined): boolean {
  const { id, name, expressions } = editOf(draft);
  const isOwn = topic?.shipped == null;
  const hasNames = !isOwn || (name?.es !== '' && name?.en !== '');
  const hasExpressions = !isOwn || (expressions?.es?.length ?? 0) + (expressions?.en?.length ?? 0) > 0;
  return id !== '' && hasNames && (hasExpressions || draft.isHidden);
}
