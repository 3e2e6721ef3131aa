// Where the activities and connections of a map stand: in layers, along the direction that uses the given space best.
import { layout as arrange, graphlib } from '@dagrejs/dagre';

export interface Point {
  x: number;
  y: number;
}

export interface LayoutRequest {
  nodes: { id: string; width: number; height: number }[];
  /** Where the activities stand is decided by the backbone; other connections are drawn over that. */
  edges: { from: string; to: string; weight: number; isBackbone: boolean }[];
  /** Width of the space by its height. */
  aspect: number;
}

export interface PlacedNode extends Point {
  id: string;
  width: number;
  height: number;
}

export interface PlacedEdge {
  from: string;
  to: string;
  points: Point[];
  label: Point;
}

export interface Layout {
  nodes: PlacedNode[];
  edges: PlacedEdge[];
  width: number;
  height: number;
}

/** Room is kept for a label while there are few enough to be read. */
const LABELLED_EDGES = 60;

export function layOut(request: LayoutRequest): Layout {
  const down = arrangeAlong('TB', request);
  const across = arrangeAlong('LR', request);
  const scale = (layout: Layout) =>
    Math.min(request.aspect / Math.max(1, layout.width), 1 / Math.max(1, layout.height));
  return scale(across) > scale(down) ? across : down;
}

function arrangeAlong(direction: 'TB' | 'LR', { nodes, edges }: LayoutRequest): Layout {
  const graph = new graphlib.Graph({ multigraph: false });
  graph.setGraph({
    rankdir: direction,
    nodesep: 22,
    ranksep: direction === 'TB' ? 26 : 44,
    edgesep: 12,
    ranker: 'network-simplex',
  });
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
  const strongest = [...edges].sort((a, b) => b.weight - a.weight);
  const arranged = strongest.filter((edge) => edge.isBackbone);
  const room = edges.length <= LABELLED_EDGES ? { width: 38, height: 14, labelpos: 'c' as const } : {};
  const heaviest = Math.max(1, arranged[0]?.weight ?? 1);
  for (const { from, to, weight } of arranged) {
    graph.setEdge(from, to, { weight: 1 + Math.round(9 * Math.sqrt(weight / heaviest)), ...room });
  }
  arrange(graph);

  const placed = nodes.map(({ id, width, height }) => {
    const { x, y } = graph.node(id) as Point;
    return { id, width, height, x: x - width / 2, y: y - height / 2 };
  });
  const byId = new Map(placed.map((node) => [node.id, node]));
  const ways = strongest.map(({ from, to, isBackbone }): PlacedEdge => {
    const way = isBackbone ? (graph.edge(from, to) as { points?: Point[]; x?: number; y?: number }) : undefined;
    const points = way?.points ?? straightWay(byId.get(from), byId.get(to));
    const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
    return { from, to, points, label: way?.x !== undefined && way.y !== undefined ? { x: way.x, y: way.y } : middle };
  });
  const extent = graph.graph() as { width?: number; height?: number };
  return { nodes: placed, edges: ways, width: extent.width ?? 0, height: extent.height ?? 0 };
}

/** From border to border, a little bent so that the way back lies beside it. */
function straightWay(from: PlacedNode | undefined, to: PlacedNode | undefined): Point[] {
  if (!from || !to) return [];
  const [a, b] = [centre(from), centre(to)];
  if (from === to) {
    const right = from.x + from.width;
    return [
      { x: right, y: a.y - 8 },
      { x: right + 22, y: a.y - 12 },
      { x: right + 22, y: a.y + 12 },
      { x: right, y: a.y + 8 },
    ];
  }
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const bend = { x: (-(b.y - a.y) / length) * 18, y: ((b.x - a.x) / length) * 18 };
  const middle = { x: (a.x + b.x) / 2 + bend.x, y: (a.y + b.y) / 2 + bend.y };
  return [border(from, middle), middle, border(to, middle)];
}

const centre = (node: PlacedNode): Point => ({ x: node.x + node.width / 2, y: node.y + node.height / 2 });

function border(node: PlacedNode, towards: Point): Point {
  const { x, y } = centre(node);
  const [dx, dy] = [towards.x - x, towards.y - y];
  const scale = Math.min(
    node.width / 2 / Math.max(Math.abs(dx), 0.001),
    node.height / 2 / Math.max(Math.abs(dy), 0.001),
    1,
  );
  return { x: x + dx * scale, y: y + dy * scale };
}
