// Where on a trend stands what happened to the company. Pure.
import type { Annotation } from '@/api/client';
import type { ScorePoint } from './scores';

/** Something that happened, at its place. */
export interface Mark {
  annotation: Annotation;
  /** Its number in the list, from 1. */
  number: number;
  from: number;
  /** Where its last day ends; right of `from` by less than a line for a single day of a long period. */
  to: number;
  /** Rows below the first one, so that numbers do not cover each other. */
  row: number;
}

const DAY_MS = 86_400_000;
/** A number needs as much room. */
const APART = 18;

const dayOf = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

/** Marks between two ends of an axis whose periods are equally wide, in the order of the list. */
export function marksOf(
  points: readonly ScorePoint[],
  annotations: readonly Annotation[],
  { left, right }: { left: number; right: number },
): Mark[] {
  const firsts = points.map(({ firstDay }) => dayOf(firstDay));
  const last = firsts.at(-1);
  if (last === undefined) return [];
  const length = firsts.length > 1 ? last - (firsts.at(-2) ?? last) : 1;
  const edges = [...firsts, last + length];
  const width = (right - left) / points.length;
  const at = (day: number) => {
    const after = edges.findIndex((edge) => edge > day);
    if (after === 0) return left;
    const period = after === -1 ? points.length - 1 : after - 1;
    const [begin = 0, end = 1] = [edges[period], edges[period + 1]];
    const part = Math.min(1, (day - begin) / Math.max(1, end - begin));
    return Math.round((left + width * (period + part)) * 10) / 10;
  };
  const taken: number[] = [];
  return annotations.map((annotation, index) => {
    const from = at(dayOf(annotation.first_day));
    const free = taken.findIndex((x) => from - x >= APART);
    const row = free === -1 ? taken.length : free;
    taken[row] = from;
    return { annotation, number: index + 1, from, to: at(dayOf(annotation.last_day) + 1), row };
  });
}

/** Rows of numbers. */
export const rowsOf = (marks: readonly Mark[]): number => Math.max(0, ...marks.map(({ row }) => row + 1));

/** What began in the period that begins with a day, for its row in a table. */
export function beganIn(
  annotations: readonly Annotation[],
  firstDay: string,
  nextDay: string | undefined,
): readonly Annotation[] {
  return annotations.filter(({ first_day }) => first_day >= firstDay && (nextDay === undefined || first_day < nextDay));
}

export const KINDS = ['release', 'incident', 'campaign', 'other'] as const;
export type Kind = (typeof KINDS)[number];

export const kindOf = ({ kind }: { kind: string }): Kind => KINDS.find((each) => each === kind) ?? 'other';
