// An element of a picture, and the question for the customers behind it. Pure.
import { DEFAULT_TOP, MOST_PATHS } from './defaults';
import { type EffortMeasure, MEASURES_OF_EFFORT } from './effort';
import { readFriction } from './frictions';
import { frictionsQuestion } from './frictions-question';
import { funnelQuestion } from './funnel-question';
import { isPlain, pathsBehind, pathsShape } from './paths-question';
import type { Asked } from './populations';
import type { ExplorerSearch } from './search-params';

export type Element =
  | { kind: 'activity' | 'starts' | 'ends'; activity: string }
  | { kind: 'connection'; from: string; to: string }
  | { kind: 'path'; activities: readonly string[]; goesOn?: true }
  /** What the drawn paths pass at a place (from 0), and what directly follows it. */
  | { kind: 'passing'; position: number; activities: readonly string[] }
  | { kind: 'tail' }
  /** Who needed so much, or more, to reach the goal. */
  | { kind: 'effort'; measure: EffortMeasure; least: number }
  /** Who met what hinders customers, by the words by which it is asked for. */
  | { kind: 'friction'; friction: string }
  /** Steps of the funnel, from 1; of those of one value only, where it is broken down by something. */
  | { kind: 'reached' | 'dropped'; step: number; by?: string; value?: string };

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
    return { kind, activities: activities.slice(0, 64), ...(read.goesOn === true ? { goesOn: true } : {}), ...isOther };
  if (
    kind === 'passing' &&
    Number.isInteger(position) &&
    Number(position) >= 0 &&
    Array.isArray(activities) &&
    activities.length > 0 &&
    activities.every(isText)
  )
    return { kind, position: Number(position), activities: activities.slice(0, 64), ...isOther };
  const measure = MEASURES_OF_EFFORT.find((each) => each === read.measure);
  if (kind === 'effort' && measure && typeof read.least === 'number' && Number.isInteger(read.least) && read.least >= 0)
    return { kind, measure, least: read.least, ...isOther };
  if (kind === 'friction' && isText(read.friction) && readFriction(read.friction))
    return { kind, friction: read.friction, ...isOther };
  if (kind === 'tail') return { kind, ...isOther };
  if ((kind === 'reached' || kind === 'dropped') && typeof step === 'number' && Number.isInteger(step) && step > 0)
    return {
      kind,
      step,
      ...(isText(read.by) && isText(read.value) ? { by: read.by, value: read.value } : {}),
      ...isOther,
    };
  return undefined;
}

export interface BehindQuestion extends Asked {
  everybody?: boolean;
  activity?: string;
  from_activity?: string;
  to_activity?: string;
  starts_with?: string;
  ends_with?: string;
  path?: string[];
  tail_of?: string;
  tail?: true;
  paths_from?: string;
  paths_to?: string;
  paths_through?: string;
  paths_start?: true;
  within?: 'visit';
  collapsed?: true;
  goes_on?: boolean;
  passing?: string[];
  position?: number;
  length?: number;
  top?: number;
  step?: string[];
  window?: string;
  order?: 'strict' | 'any-order';
  window_runs?: 'between-steps';
  count?: 'entries';
  by?: string;
  value?: string;
  reached?: number;
  dropped_after?: number;
  goal?: string[];
  start?: string[];
  measure?: EffortMeasure;
  at_least?: number;
  friction?: string;
  horizon?: string;
}

/** The question as the interface takes it; none when the question in the address lacks what the element is part of. */
export function behindQuestion(behind: Behind, search: ExplorerSearch, scope: Asked): BehindQuestion | null {
  switch (behind.kind) {
    case 'activity':
      return { activity: behind.activity, ...scope };
    case 'starts':
      return { starts_with: behind.activity, ...scope };
    case 'ends':
      return { ends_with: behind.activity, ...scope };
    case 'connection':
      return { from_activity: behind.from, to_activity: behind.to, ...scope };
    case 'path': {
      if (isPlain(search)) return { path: [...behind.activities], ...scope };
      const held = pathsBehind(search);
      // Only those that the answer lists can be asked for: the picture, its panel and its table show as many.
      const shown = { ...pathsShape(search), top: MOST_PATHS, position: 1, goes_on: behind.goesOn === true };
      return held && { ...held, passing: [...behind.activities], ...shown, ...scope };
    }
    case 'passing': {
      const held = pathsBehind(search);
      return (
        held && {
          ...held,
          passing: [...behind.activities],
          position: behind.position + 1,
          ...pathsShape(search),
          top: search.top ?? DEFAULT_TOP,
          ...scope,
        }
      );
    }
    case 'effort':
      if (search.outcome === undefined) return null;
      return {
        goal: [search.outcome],
        ...(search.start === undefined ? {} : { start: [search.start] }),
        measure: behind.measure,
        at_least: behind.least,
        ...scope,
      };
    case 'friction':
      return { friction: behind.friction, ...frictionsQuestion(search), ...scope };
    case 'tail': {
      const held = pathsBehind(search);
      const tail = held && ('paths_from' in held ? { tail_of: held.paths_from } : { ...held, tail: true as const });
      return tail && { ...tail, ...pathsShape(search), top: search.top ?? DEFAULT_TOP, ...scope };
    }
    default: {
      if (behind.step > (search.steps?.length ?? 0)) return null;
      const which = behind.kind === 'reached' ? { reached: behind.step } : { dropped_after: behind.step };
      const of = behind.by === undefined ? {} : { by: behind.by, value: behind.value };
      return { ...funnelQuestion(search), ...which, ...of, ...scope };
    }
  }
}
