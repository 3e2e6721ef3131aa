// What of the paths somebody clicked.
import { pathId } from './comparison';

export type PickedPaths =
  | { kind: 'activity'; position: number; activity: string }
  | { kind: 'band'; position: number; from: string; to: string }
  | { kind: 'path'; activities: readonly string[]; goes_on?: boolean }
  | { kind: 'tail' };

/** Whether a path is among those that are picked. */
export function isOnPath(picked: PickedPaths, path: { activities: readonly string[]; goes_on?: boolean }): boolean {
  const { activities } = path;
  if (picked.kind === 'tail') return false;
  if (picked.kind === 'activity') return activities[picked.position] === picked.activity;
  if (picked.kind === 'band')
    return activities[picked.position] === picked.from && activities[picked.position + 1] === picked.to;
  return pathId(picked) === pathId(path);
}
