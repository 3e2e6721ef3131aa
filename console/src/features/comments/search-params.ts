import type { SearchSchemaInput } from '@tanstack/react-router';
import { DEFAULT_EVERY, EVERY, type Every } from '@/features/listening/search-params';

export const VIEWS = ['search', 'themes', 'news'] as const;
export type View = (typeof VIEWS)[number];
export const SENTIMENTS = ['negative', 'neutral', 'positive'] as const;
export type Sentiment = (typeof SENTIMENTS)[number];
export const SORTS = ['relevance', 'newest'] as const;
export type Sort = (typeof SORTS)[number];

/** Who gave which scores beside the comment: the score, the lowest and the highest answer. */
export const GROUPS = {
  detractors: ['nps', 0, 6],
  passives: ['nps', 7, 8],
  promoters: ['nps', 9, 10],
  dissatisfied: ['csat', 1, 3],
  satisfied: ['csat', 4, 5],
  hard: ['ces', 1, 4],
  easy: ['ces', 5, 7],
} as const;
export type Group = keyof typeof GROUPS;
const GROUP_NAMES = Object.keys(GROUPS) as Group[];

/** Which comments are asked for, in the address; what is not there is as usual. */
export interface CommentsSearch {
  view?: View;
  q?: string;
  topic?: string;
  sentiment?: Sentiment;
  group?: Group;
  sort?: Sort;
  every?: Every;
}

export const DEFAULT_VIEW: View = 'search';
export { DEFAULT_EVERY, EVERY, type Every };

const textOf = (value: unknown) => {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).slice(0, 500) : '';
  return text === '' ? undefined : text;
};

/** Reads the question; what it does not know is left out. */
export function readCommentsSearch(search: Record<string, unknown> & SearchSchemaInput): CommentsSearch {
  const read: CommentsSearch = {};
  const view = VIEWS.find((each) => each === search.view);
  const sentiment = SENTIMENTS.find((each) => each === search.sentiment);
  const group = GROUP_NAMES.find((each) => each === search.group);
  const sort = SORTS.find((each) => each === search.sort);
  const every = EVERY.find((each) => each === search.every);
  const q = textOf(search.q);
  const topic = textOf(search.topic);
  if (view) read.view = view;
  if (q) read.q = q;
  if (topic) read.topic = topic;
  if (sentiment) read.sentiment = sentiment;
  if (group) read.group = group;
  if (sort) read.sort = sort;
  if (every) read.every = every;
  return read;
}
