// Paths as the interface takes them. Pure.
import { type Anchor, DEFAULT_LENGTH } from './defaults';
import type { ExplorerSearch } from './search-params';

/** Where the paths are held, and what counts as one. */
export interface PathsShape {
  length: number;
  within?: 'visit';
  collapsed?: true;
}

export type PathsHeld = { from_activity: string } | { to_activity: string } | { through: string } | { start: true };

/** The same places as parameters of the question for the customers behind paths. */
export type PathsBehind =
  | { paths_from: string }
  | { paths_to: string }
  | { paths_through: string }
  | { paths_start: true };

export function pathsShape({ length = DEFAULT_LENGTH, inVisit, collapsed }: ExplorerSearch): PathsShape {
  return { length, ...(inVisit ? { within: 'visit' } : {}), ...(collapsed ? { collapsed: true } : {}) };
}

/** None while the sentence lacks the activity. */
export function pathsHeld({ start, anchor }: ExplorerSearch): PathsHeld | null {
  if (anchor === 'start') return { start: true };
  if (start === undefined) return null;
  return anchor === 'to'
    ? { to_activity: start }
    : anchor === 'through'
      ? { through: start }
      : { from_activity: start };
}

export function pathsBehind({ start, anchor }: ExplorerSearch): PathsBehind | null {
  if (anchor === 'start') return { paths_start: true };
  if (start === undefined) return null;
  return anchor === 'to'
    ? { paths_to: start }
    : anchor === 'through'
      ? { paths_through: start }
      : { paths_from: start };
}

/** Whether a path happened is the same wherever it is looked for, unless paths are whole, in visits or without repetitions. */
export function isPlain({ anchor, inVisit, collapsed }: ExplorerSearch): boolean {
  return anchor !== 'start' && !inVisit && !collapsed;
}

/** At which place in a path, from 0, the activity stands at which paths are held; none where they are held at their start. */
export function anchorPosition(anchor: Anchor | undefined, length: number): number | null {
  if (anchor === 'start') return null;
  return anchor === 'to' ? length - 1 : anchor === 'through' ? Math.floor((length - 1) / 2) : 0;
}
