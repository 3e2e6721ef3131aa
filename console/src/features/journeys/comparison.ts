// Two answers to the same question, over two periods or two sets of channels: what differs, and what may be chance. Pure.
import type { Paths, ProcessMap } from '@/api/client';
import { type Difference, shareDifference } from '@/ui/proportions';
import type { Behind } from './behind';
import { edgeId } from './drawing';

export interface Part {
  part: number;
  whole: number;
}

export interface Change {
  now: Part;
  other: Part;
  /** Now less then, as a share, with the interval in which the true difference lies in 95 of 100 cases. */
  difference: Difference;
  /** `same` when the interval holds zero: then the difference may be chance. */
  kind: 'more' | 'less' | 'same';
}

/** None when on one side there is nobody of whom it could be a share. */
export function changeOf(now: Part, other: Part): Change | null {
  const difference = shareDifference(now.part, now.whole, other.part, other.whole);
  if (!difference) return null;
  const kind = difference.low > 0 ? 'more' : difference.high < 0 ? 'less' : 'same';
  return { now, other, difference, kind };
}

export interface MapChanges {
  /** Each activity, of all customers. */
  nodes: ReadonlyMap<string, Change>;
  /** Each connection, of the customers who did its first activity. */
  edges: ReadonlyMap<string, Change>;
  /** Activities and connections that only the other map has. */
  goneNodes: ProcessMap['nodes'];
  goneEdges: ProcessMap['edges'];
}

export function mapChanges(now: ProcessMap, then: ProcessMap): MapChanges {
  const [nodesNow, nodesThen] = [byActivity(now), byActivity(then)];
  const [edgesNow, edgesThen] = [byEnds(now), byEnds(then)];
  const nodes = new Map<string, Change>();
  for (const activity of new Set([...nodesNow.keys(), ...nodesThen.keys()])) {
    const change = changeOf(
      { part: nodesNow.get(activity)?.customers ?? 0, whole: now.over.customers },
      { part: nodesThen.get(activity)?.customers ?? 0, whole: then.over.customers },
    );
    if (change) nodes.set(activity, change);
  }
  const edges = new Map<string, Change>();
  for (const [id, { from }] of [...edgesThen, ...edgesNow]) {
    const change = changeOf(
      { part: edgesNow.get(id)?.customers ?? 0, whole: nodesNow.get(from)?.customers ?? 0 },
      { part: edgesThen.get(id)?.customers ?? 0, whole: nodesThen.get(from)?.customers ?? 0 },
    );
    if (change) edges.set(id, change);
  }
  return {
    nodes,
    edges,
    goneNodes: then.nodes.filter((node) => !nodesNow.has(node.activity)),
    goneEdges: then.edges.filter((edge) => !edgesNow.has(edgeId(edge))),
  };
}

const byActivity = (map: ProcessMap) => new Map(map.nodes.map((node) => [node.activity, node]));
const byEnds = (map: ProcessMap) => new Map(map.edges.map((edge) => [edgeId(edge), edge]));

/** What differs most, of what is more than chance; the largest difference first. */
export function largestChanges<T>(changes: ReadonlyMap<T, Change>, most: number): [T, Change][] {
  return [...changes]
    .filter(([, { kind }]) => kind !== 'same')
    .sort(([, a], [, b]) => Math.abs(b.difference.difference) - Math.abs(a.difference.difference))
    .slice(0, most);
}

/** A path that goes on is another than one that ends with the same activities. */
export const pathId = ({ activities, goes_on }: { activities: readonly string[]; goes_on?: boolean }) =>
  activities.join('\n') + (goes_on ? '\n…' : '');

type WrittenPath = { activities: readonly string[]; goes_on?: boolean };

/** A path in words; one that goes on ends in an ellipsis. */
export const pathText = ({ activities, goes_on }: WrittenPath) =>
  [...activities, ...(goes_on ? ['…'] : [])].join(' › ');

/** A path as the element whose customers are listed. */
export const pathElement = ({ activities, goes_on }: WrittenPath): Behind => ({
  kind: 'path',
  activities,
  ...(goes_on ? { goesOn: true } : {}),
});

/** Each path, of all occurrences of the first activity. A path that the other answer cuts off has no known share there. */
export function pathChanges(now: Paths, then: Paths): ReadonlyMap<string, Change> {
  const counts = new Map(then.paths.map((path) => [pathId(path), path.count]));
  const changes = new Map<string, Change>();
  for (const path of now.paths) {
    const { count } = path;
    const id = pathId(path);
    // With no tail, what is not listed did not happen.
    const before = counts.get(id) ?? (isWhole(then) ? 0 : undefined);
    if (before === undefined) continue;
    const change = changeOf({ part: count, whole: now.occurrences }, { part: before, whole: then.occurrences });
    if (change) changes.set(id, change);
  }
  return changes;
}

/** How many are listed of those asked for: fewer means that the tail holds only journeys that ended earlier. */
export const COMPARED_PATHS = 1_000;

function isWhole(paths: Paths): boolean {
  return paths.paths.length < COMPARED_PATHS;
}

/** What differs in each band of a drawing of paths: the sums over the same paths on both sides, where all of them are known. */
export function bandChanges(paths: Paths['paths'], changes: ReadonlyMap<string, Change>): ReadonlyMap<string, Change> {
  const bands = new Map<string, { now: Part; other: Part } | null>();
  for (const path of paths) {
    const { activities } = path;
    const change = changes.get(pathId(path));
    activities.slice(1).forEach((activity, position) => {
      const id = bandId(position, activities[position] ?? '', activity);
      const sum = bands.get(id);
      if (!change || sum === null) bands.set(id, null);
      else
        bands.set(id, {
          now: { part: (sum?.now.part ?? 0) + change.now.part, whole: change.now.whole },
          other: { part: (sum?.other.part ?? 0) + change.other.part, whole: change.other.whole },
        });
    });
  }
  const found = new Map<string, Change>();
  for (const [id, band] of bands) {
    const change = band && changeOf(band.now, band.other);
    if (change) found.set(id, change);
  }
  return found;
}

/** The band from an activity at a position to the next, as drawings call it. */
export const bandId = (position: number, from: string, to: string) => `${position} ${from} → ${position + 1} ${to}`;
