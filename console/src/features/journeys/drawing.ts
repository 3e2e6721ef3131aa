// What the lines and cards of a map look like, for the screen and for files alike.
import type { MapEdge, MapNode } from '@/api/client';
import type { Measure } from './search-params';

export const CARD_HEIGHT = 46;
const LONGEST_NAME = 26;

export function shortName(activity: string): string {
  return activity.length > LONGEST_NAME ? `${activity.slice(0, LONGEST_NAME - 1)}…` : activity;
}

export function cardWidth(node: MapNode, isCompared = false): number {
  return Math.max(isCompared ? 168 : 124, Math.round(shortName(node.activity).length * 7.1 + 28));
}

/** The time that a connection takes: the median, which long nights do not move, else the mean. */
export function timeOf(edge: MapEdge): number {
  return edge.median_ms ?? edge.mean_ms;
}

/** How thick each connection is drawn, 1 to 9: by its customers, or by how long it takes. */
export function lineWidths(edges: readonly MapEdge[], measure: Measure): (edge: MapEdge) => number {
  // Times run from milliseconds to months: their logarithm is what can be compared by eye.
  const size = (edge: MapEdge) => (measure === 'time' ? Math.log10(1 + timeOf(edge) / 1000) : edge.customers);
  const largest = Math.max(...edges.map(size), 1e-9);
  return (edge) => 1 + 7 * (size(edge) / largest);
}

export const edgeId = (edge: { from: string; to: string }) => `${edge.from} → ${edge.to}`;
