// An element of a picture, and the question for the customers behind it. Pure.
import type { Scope } from '@/app/scope';
import { DEFAULT_LENGTH, DEFAULT_TOP, DEFAULT_WINDOW } from './defaults';
import type { ExplorerSearch } from './search-params';

export type Element =
  | { kind: 'activity' | 'starts' | 'ends'; activity: string }
  | { kind: 'connection'; from: string; to: string }
  | { kind: 'path'; activities: readonly string[] }
  /** What the drawn paths pass at a place (from 0), and what directly follows it. */
  | { kind: 'passing'; position: number; activities: readonly string[] }
  | { kind: 'tail' }
  /** Steps of the funnel, from 1. */
  | { kind: 'reached' | 'dropped'; step: number };

/** What is behind an element of the picture, or of the one that it is compared with. */
export type Behind = Element & { isOther?: true };

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Reads an element from the address; what is none is left out. */
export function readBehind(given: unknown): Behind | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const read = given as Record<string, unknown>;
  const isOther = read.isOther === true ? { isOther: true as const } : {};
  const { kind, activity, from, to, activities, step, position } = read;
  if ((kind === 'activity' || kind === 'starts' || kind === 'ends') && isText(activity))
    return { kind, activity, ...isOther };
  if (kind === 'connection' && isText(from) && isText(to)) return { kind, from, to, ...isOther };
  if (kind === 'path' && Array.isArray(activities) && activities.length > 0 && activities.every(isText))
    return { kind, activities: activities.slice(0, 64), ...isOther };
  if (
    kind === 'passing' &&
    Number.isInteger(position) &&
    Number(position) >= 0 &&
    Array.isArray(activities) &&
    activities.length > 0 &&
    activities.every(isText)
  )
    return { kind, position: Number(position), activities: activities.slice(0, 64), ...isOther };
  if (kind === 'tail') return { kind, ...isOther };
  if ((kind === 'reached' || kind === 'dropped') && typeof step === 'number' && Number.isInteger(step) && step > 0)
    return { kind, step, ...isOther };
  return undefined;
}

export interface BehindQuestion extends Scope {
  activity?: string;
  from_activity?: string;
  to_activity?: string;
  starts_with?: string;
  ends_with?: string;
  path?: string[];
  tail_of?: string;
  paths_from?: string;
  passing?: string[];
  position?: number;
  length?: number;
  top?: number;
  step?: string[];
  window?: string;
  reached?: number;
  dropped_after?: number;
}

/** The question as the interface takes it; none when the question in the address lacks what the element is part of. */
export function behindQuestion(behind: Behind, search: ExplorerSearch, scope: Scope): BehindQuestion | null {
  switch (behind.kind) {
    case 'activity':
      return { activity: behind.activity, ...scope };
    case 'starts':
      return { starts_with: behind.activity, ...scope };
    case 'ends':
      return { ends_with: behind.activity, ...scope };
    case 'connection':
      return { from_activity: behind.from, to_activity: behind.to, ...scope };
    case 'path':
      return { path: [...behind.activities], ...scope };
    case 'passing':
      if (search.start === undefined) return null;
      return {
        paths_from: search.start,
        passing: [...behind.activities],
        position: behind.position + 1,
        length: search.length ?? DEFAULT_LENGTH,
        top: search.top ?? DEFAULT_TOP,
        ...scope,
      };
    case 'tail':
      if (search.start === undefined) return null;
      return {
        tail_of: search.start,
        length: search.length ?? DEFAULT_LENGTH,
        top: search.top ?? DEFAULT_TOP,
        ...scope,
      };
    default: {
      const { steps = [], window = DEFAULT_WINDOW } = search;
      if (behind.step > steps.length) return null;
      const which = behind.kind === 'reached' ? { reached: behind.step } : { dropped_after: behind.step };
      return { step: steps, window, ...which, ...scope };
    }
  }
}
