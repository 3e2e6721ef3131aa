// Paths as bands: at each position, the activities that customers were at, and how many went from one to the next.
import type { Paths } from '@/api/client';

export interface SankeyNode {
  id: string;
  position: number;
  /** None for the band of all other paths. */
  activity: string | null;
  count: number;
}

export interface SankeyLink {
  from: string;
  to: string;
  count: number;
}

export interface Sankey {
  nodes: SankeyNode[];
  links: SankeyLink[];
  drawnPaths: number;
  /** Occurrences that are in none of the paths drawn. */
  tailCount: number;
  /** Their band; none where paths are held at no activity from which it could come. */
  tailBand: string | null;
}

export const TAIL = 'tail';

const nodeId = (position: number, activity: string) => `${position} ${activity}`;

/**
 * Draws the `top` most frequent paths one by one; every other occurrence is in one band of its own, so that nothing is lost. Paths are held
 * at the activity at the place `anchor`: what is not drawn comes from it, or leads to it where it is the last. */
export function sankeyOf(paths: Paths, top: number, anchor: number | null = 0): Sankey {
  const drawn = paths.paths.slice(0, top);
  const nodes = new Map<string, SankeyNode>();
  const links = new Map<string, SankeyLink>();

  const addNode = (id: string, position: number, activity: string | null, count: number) => {
    const node = nodes.get(id) ?? { id, position, activity, count: 0 };
    node.count += count;
    nodes.set(id, node);
  };
  const addLink = (from: string, to: string, count: number) => {
    const link = links.get(`${from} → ${to}`) ?? { from, to, count: 0 };
    link.count += count;
    links.set(`${from} → ${to}`, link);
  };

  for (const { activities, count } of drawn) {
    activities.forEach((activity, position) => {
      addNode(nodeId(position, activity), position, activity, count);
      const next = activities[position + 1];
      if (next !== undefined) addLink(nodeId(position, activity), nodeId(position + 1, next), count);
    });
  }

  const tailCount = paths.occurrences - drawn.reduce((sum, path) => sum + path.count, 0);
  const held = anchor === null ? undefined : drawn[0]?.activities[anchor];
  let tailBand: string | null = null;
  if (tailCount > 0 && anchor !== null && held !== undefined) {
    const isLast = anchor > 0 && anchor === (drawn[0]?.activities.length ?? 0) - 1;
    const [from, to] = isLast ? [TAIL, nodeId(anchor, held)] : [nodeId(anchor, held), TAIL];
    addNode(nodeId(anchor, held), anchor, held, tailCount);
    addNode(TAIL, isLast ? anchor - 1 : anchor + 1, null, tailCount);
    addLink(from, to, tailCount);
    tailBand = `${from} → ${to}`;
  }

  const ordered = inOrder([...nodes.values()], [...links.values()]);
  return {
    nodes: ordered,
    links: [...links.values()].sort((a, b) => b.count - a.count),
    drawnPaths: drawn.length,
    tailCount,
    tailBand,
  };
}

/** Each place stands beside where its bands come from, so that few of them cross; the band of all others is the last. */
function inOrder(nodes: readonly SankeyNode[], links: readonly SankeyLink[]): SankeyNode[] {
  const rank = new Map<string, number>();
  const ordered: SankeyNode[] = [];
  const last = Math.max(0, ...nodes.map((node) => node.position));
  for (let position = 0; position <= last; position += 1) {
    const middle = (node: SankeyNode): number => {
      const incoming = links.filter((link) => link.to === node.id);
      const total = incoming.reduce((sum, link) => sum + link.count, 0);
      return incoming.reduce((sum, link) => sum + (rank.get(link.from) ?? 0) * link.count, 0) / Math.max(1, total);
    };
    const column = nodes
      .filter((node) => node.position === position)
      .map((node) => ({ node, middle: middle(node) }))
      .sort(
        (a, b) =>
          Number(a.node.id === TAIL) - Number(b.node.id === TAIL) ||
          a.middle - b.middle ||
          b.node.count - a.node.count ||
          a.node.id.localeCompare(b.node.id),
      );
    column.forEach(({ node }, index) => {
      rank.set(node.id, index);
      ordered.push(node);
    });
  }
  return ordered;
}

const ROW_HEIGHT = 40;

/** Pixels in which the names beside the nodes do not touch each other. */
export function sankeyHeight(sankey: Sankey): number {
  const byPosition = new Map<number, number>();
  for (const node of sankey.nodes) byPosition.set(node.position, (byPosition.get(node.position) ?? 0) + 1);
  return Math.max(460, Math.max(...byPosition.values(), 1) * ROW_HEIGHT);
}
