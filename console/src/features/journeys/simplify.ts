// A process map of sixty activities and three thousand connections tells nobody anything. This leaves out the rare ones, in such
// a way that whatever is shown stays connected as it is in the whole, and says how much it left out.
import type { MapEdge, MapNode } from '@/api/client';

export interface Simplified {
  nodes: MapNode[];
  edges: MapEdge[];
  /** Of these, those that hold the map together: they decide where activities stand. */
  backbone: ReadonlySet<MapEdge>;
  hiddenActivities: number;
  hiddenConnections: number;
  /** Of all steps from one event to the next, those that a shown connection tells: 0 to 1. */
  shownShare: number;
}

interface Graph {
  nodes: readonly MapNode[];
  edges: readonly MapEdge[];
}

const FEWEST_ACTIVITIES = 8;

/** Shows the strongest part of the map: `detail` runs from 0, the backbone of the commonest activities, to 100, everything. */
export function simplify(map: Graph, detail: number): Simplified {
  const share = Math.min(1, Math.max(0, detail / 100));
  const byCustomers = [...map.nodes].sort((a, b) => b.customers - a.customers || a.activity.localeCompare(b.activity));
  const wanted = Math.ceil(
    Math.min(byCustomers.length, FEWEST_ACTIVITIES) + share * Math.max(0, byCustomers.length - FEWEST_ACTIVITIES),
  );
  const strongest = [...map.edges].sort(
    (a, b) =>
      b.customers - a.customers || b.events - a.events || a.from.localeCompare(b.from) || a.to.localeCompare(b.to),
  );

  const forest = spanningForest(byCustomers, strongest);
  const shown = connectedAround(new Set(byCustomers.slice(0, wanted).map((node) => node.activity)), forest);
  const candidates = strongest.filter((edge) => shown.has(edge.from) && shown.has(edge.to));
  const backbone = new Set<MapEdge>(forest.filter((edge) => shown.has(edge.from) && shown.has(edge.to)));
  for (const edge of mainWays(candidates)) backbone.add(edge);

  // Beyond the backbone, connections come by strength; the last half of the slider brings most of them.
  const others = candidates.filter((edge) => !backbone.has(edge));
  const added = new Set(others.slice(0, Math.round(share ** 2.5 * others.length)));

  const total = map.edges.reduce((sum, edge) => sum + edge.events, 0);
  const edges = candidates.filter((edge) => backbone.has(edge) || added.has(edge));
  return {
    nodes: byCustomers.filter((node) => shown.has(node.activity)),
    edges,
    backbone,
    hiddenActivities: map.nodes.length - shown.size,
    hiddenConnections: map.edges.length - edges.length,
    shownShare: total === 0 ? 1 : edges.reduce((sum, edge) => sum + edge.events, 0) / total,
  };
}

/** The strongest connections that hold together whatever hangs together (Kruskal's maximum spanning forest). */
function spanningForest(nodes: readonly MapNode[], strongest: readonly MapEdge[]): MapEdge[] {
  const parents = new Map(nodes.map((node) => [node.activity, node.activity]));
  const rootOf = (activity: string): string => {
    let root = activity;
    while (parents.get(root) !== root) root = parents.get(root) as string;
    let step = activity;
    while (step !== root) {
      const next = parents.get(step) as string;
      parents.set(step, root);
      step = next;
    }
    return root;
  };
  return strongest.filter((edge) => {
    if (!parents.has(edge.from) || !parents.has(edge.to)) return false;
    const [from, to] = [rootOf(edge.from), rootOf(edge.to)];
    if (from === to) return false;
    parents.set(from, to);
    return true;
  });
}

/** What is wanted and, between it, what the forest needs to hold it together: all leaves that nobody wants are cut. */
function connectedAround(wanted: ReadonlySet<string>, forest: readonly MapEdge[]): Set<string> {
  const neighbours = new Map<string, Set<string>>();
  for (const { from, to } of forest) {
    neighbours.set(from, (neighbours.get(from) ?? new Set()).add(to));
    neighbours.set(to, (neighbours.get(to) ?? new Set()).add(from));
  }
  const shown = new Set([...wanted, ...neighbours.keys()]);
  const leaves = [...shown].filter((activity) => !wanted.has(activity) && (neighbours.get(activity)?.size ?? 0) <= 1);
  for (let leaf = leaves.pop(); leaf !== undefined; leaf = leaves.pop()) {
    shown.delete(leaf);
    for (const neighbour of neighbours.get(leaf) ?? []) {
      const rest = neighbours.get(neighbour);
      rest?.delete(leaf);
      if (!wanted.has(neighbour) && (rest?.size ?? 0) <= 1 && shown.has(neighbour)) leaves.push(neighbour);
    }
  }
  return shown;
}

/** For each activity, the commonest way in and the commonest way out; repeating itself is neither. */
function mainWays(strongest: readonly MapEdge[]): MapEdge[] {
  const ways = new Map<string, MapEdge>();
  for (const edge of strongest) {
    if (edge.from === edge.to) continue;
    if (!ways.has(`out ${edge.from}`)) ways.set(`out ${edge.from}`, edge);
    if (!ways.has(`in ${edge.to}`)) ways.set(`in ${edge.to}`, edge);
  }
  return [...ways.values()];
}
