import '@xyflow/react/dist/base.css';
import { ActionIcon } from '@mantine/core';
import {
  type Edge,
  type EdgeProps,
  Handle,
  type Node,
  type NodeProps,
  Panel,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import { memo, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MapEdge, MapNode, ProcessMap as ProcessMapData } from '@/api/client';
import { Icon, type IconName } from '@/ui/icons';
import { LoadingBlock } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { pointsText } from './compared';
import type { Change, MapChanges } from './comparison';
import { edgeId, lineWidths, shortName, timeOf } from './drawing';
import type { Layout, PlacedEdge } from './layout';
import classes from './process-map.module.css';
import type { Measure } from './search-params';
import type { Simplified } from './simplify';
import { arrowHead, smoothWay } from './way';

export type Picked = { kind: 'activity'; activity: string } | { kind: 'connection'; from: string; to: string };

interface CardData extends Record<string, unknown> {
  node: MapNode;
  share: number;
  customers: string;
  /** In a comparison, what differs by more than chance: more or fewer, and by how many points. */
  kind: 'more' | 'less' | null;
  points: string | null;
  isFaint: boolean;
}

interface StepData extends Record<string, unknown> {
  placed: PlacedEdge;
  width: number;
  label: string | null;
  kind: 'more' | 'less' | null;
  isFaint: boolean;
}

type ActivityNode = Node<CardData, 'activity'>;
type StepEdge = Edge<StepData, 'step'>;

const MARGIN = 16;
const READABLE_ZOOM = 0.62;

/** Beyond these, numbers on lines hide one another; those of what is picked are still shown. */
const LABELLED_EDGES = 60;

export interface ProcessMapProps {
  map: ProcessMapData;
  shown: Simplified;
  layout: Layout | null;
  measure: Measure;
  /** What differs from what the map is compared with. */
  changes: MapChanges | null;
  picked: Picked | null;
  onPick: (picked: Picked | null) => void;
  /** Told the proportions of the space, so that the arrangement can use them. */
  onAspect: (aspect: number) => void;
}

export function ProcessMap(props: ProcessMapProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas({ map, shown, layout, measure, changes, picked, onPick, onAspect }: ProcessMapProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const frame = useRef<HTMLElement>(null);
  const flow = useReactFlow();
  const starting = useMemo(
    () => [...map.starts].sort((a, b) => b.customers - a.customers).map((start) => start.activity),
    [map],
  );

  useEffect(() => {
    const box = frame.current?.getBoundingClientRect();
    if (box && box.height > 0) onAspect(box.width / box.height);
  }, [onAspect]);

  useEffect(() => {
    if (!layout) return;
    const box = frame.current?.getBoundingClientRect();
    if (box) void flow.setViewport(firstView(layout, box.width, box.height, starting));
  }, [layout, flow, starting]);

  const { nodes, edges } = useMemo(() => {
    if (!layout) return { nodes: [], edges: [] };
    const known = new Map(map.nodes.map((node) => [node.activity, node]));
    const steps = new Map(shown.edges.map((edge) => [edgeId(edge), edge]));
    const width = lineWidths(shown.edges, measure);
    const touches = touching(picked, shown.edges);
    const areLabelled = layout.edges.length <= LABELLED_EDGES;

    const cards = layout.nodes.flatMap((placed): ActivityNode[] => {
      const node = known.get(placed.id);
      if (!node) return [];
      const change = changes?.nodes.get(node.activity);
      const kind = paintedKind(change);
      const points = change && kind ? pointsText(change.difference.difference, format) : null;
      const customers = t('journeys.map.customers', { count: node.customers, n: format.number(node.customers) });
      return [
        {
          id: placed.id,
          type: 'activity',
          position: { x: placed.x, y: placed.y },
          width: placed.width,
          height: placed.height,
          selected: picked?.kind === 'activity' && picked.activity === placed.id,
          ariaLabel: [node.activity, customers, ...(points ? [t('journeys.compare.spoken', { points })] : [])].join(
            ', ',
          ),
          data: {
            node,
            customers,
            kind,
            points,
            share: node.customers / Math.max(1, map.over.customers),
            isFaint: touches !== null && !touches.activities.has(placed.id),
          },
        },
      ];
    });
    const lines = layout.edges.flatMap((placed): StepEdge[] => {
      const id = edgeId(placed);
      const edge = steps.get(id);
      if (!edge) return [];
      const isTouched = touches?.connections.has(id) ?? false;
      const change = changes?.edges.get(id);
      const kind = paintedKind(change);
      const label = changes
        ? change && kind
          ? pointsText(change.difference.difference, format)
          : null
        : labelOf(edge, measure, format);
      return [
        {
          id,
          type: 'step',
          source: placed.from,
          target: placed.to,
          selected: isTouched,
          zIndex: isTouched ? 1 : 0,
          data: {
            placed,
            width: width(edge),
            label: (areLabelled && !touches) || isTouched ? label : null,
            kind,
            isFaint: touches !== null && !isTouched,
          },
        },
      ];
    });
    return { nodes: cards, edges: lines };
  }, [layout, map, shown, measure, changes, picked, format, t]);

  return (
    <section
      ref={frame}
      className={classes.canvas}
      aria-label={t('journeys.map.name', { n: format.number(nodes.length) })}
    >
      {!layout && <LoadingBlock height="100%" />}
      {layout && (
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onInit={() => {
            const box = frame.current?.getBoundingClientRect();
            if (box) void flow.setViewport(firstView(layout, box.width, box.height, starting));
          }}
          minZoom={0.15}
          maxZoom={2.5}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          elementsSelectable
          zoomOnScroll={false}
          panOnScroll={false}
          preventScrolling={false}
          zoomActivationKeyCode={['Control', 'Meta']}
          attributionPosition="bottom-right"
          onNodeClick={(_, node) => onPick({ kind: 'activity', activity: node.id })}
          onEdgeClick={(_, edge) => onPick({ kind: 'connection', from: edge.source, to: edge.target })}
          // While it moves, the map is one picture that is shifted: thousands of lines are not drawn anew for each frame.
          onMoveStart={() => frame.current?.setAttribute('data-moving', '')}
          onMoveEnd={() => frame.current?.removeAttribute('data-moving')}
          onPaneClick={() => onPick(null)}
          onNodesChange={(changes) => {
            // Enter on a focused card selects it.
            for (const change of changes) {
              if (change.type === 'select' && change.selected) onPick({ kind: 'activity', activity: change.id });
            }
          }}
        >
          <Panel position="top-right" className={classes.zoom}>
            <ZoomButton icon="plus" label={t('journeys.map.zoomIn')} onClick={() => void flow.zoomIn()} />
            <ZoomButton icon="minus" label={t('journeys.map.zoomOut')} onClick={() => void flow.zoomOut()} />
            <ZoomButton
              icon="fit"
              label={t('journeys.map.fit')}
              onClick={() => void flow.fitView({ padding: 0.06, maxZoom: 1.1 })}
            />
          </Panel>
        </ReactFlow>
      )}
    </section>
  );
}

/** Everything when it can be read so; else the part where most journeys start, at a size that can be read. */
function firstView(layout: Layout, width: number, height: number, starting: readonly string[]) {
  const whole = Math.min((width - 2 * MARGIN) / layout.width, (height - 2 * MARGIN) / layout.height);
  const zoom = Math.min(1.1, Math.max(READABLE_ZOOM, whole));
  const start = starting.flatMap((activity) => layout.nodes.filter((node) => node.id === activity))[0];
  const along = (space: number, extent: number, focus: number) => {
    if (extent * zoom <= space - MARGIN) return (space - extent * zoom) / 2;
    return Math.min(MARGIN, Math.max(space - MARGIN - extent * zoom, space / 2 - focus * zoom));
  };
  return {
    zoom,
    x: along(width, layout.width, start ? start.x + start.width / 2 : 0),
    y: along(height, layout.height, start ? start.y + start.height / 2 : 0),
  };
}

function ZoomButton({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <ActionIcon variant="default" size={28} aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} size={14} />
    </ActionIcon>
  );
}

function paintedKind(change: Change | undefined): 'more' | 'less' | null {
  return change && change.kind !== 'same' ? change.kind : null;
}

function labelOf(edge: MapEdge, measure: Measure, format: ReturnType<typeof useFormat>): string {
  return measure === 'time' ? format.duration(timeOf(edge)) : format.number(edge.customers);
}

/** What stays bright beside what is picked. */
function touching(picked: Picked | null, edges: readonly MapEdge[]) {
  if (!picked) return null;
  const near = edges.filter((edge) =>
    picked.kind === 'activity'
      ? edge.from === picked.activity || edge.to === picked.activity
      : edge.from === picked.from && edge.to === picked.to,
  );
  const activities = new Set(near.flatMap((edge) => [edge.from, edge.to]));
  if (picked.kind === 'activity') activities.add(picked.activity);
  // A connection that the map leaves out at this detail still has its two ends.
  else for (const end of [picked.from, picked.to]) activities.add(end);
  return { connections: new Set(near.map(edgeId)), activities };
}

const Card = memo(function Card({ data, selected }: NodeProps<ActivityNode>) {
  return (
    <div
      className={classes.card}
      data-selected={selected || undefined}
      data-faint={data.isFaint || undefined}
      data-kind={data.kind ?? undefined}
      title={data.node.activity}
    >
      <Handle type="target" position={Position.Top} className={classes.handle} isConnectable={false} />
      <span className={classes.name}>{shortName(data.node.activity)}</span>
      <span className={classes.count}>
        {data.customers}
        {data.points && <b className={classes.points}> · {data.points}</b>}
      </span>
      <span className={classes.share} style={{ width: `${Math.max(2, data.share * 100)}%` }} />
      <Handle type="source" position={Position.Bottom} className={classes.handle} isConnectable={false} />
    </div>
  );
});

const Line = memo(function Line({ data, selected }: EdgeProps<StepEdge>) {
  if (!data) return null;
  const { placed, width, label, kind, isFaint } = data;
  const way = smoothWay(placed.points);
  return (
    <g
      className={classes.line}
      data-selected={selected || undefined}
      data-faint={isFaint || undefined}
      data-kind={kind ?? undefined}
    >
      <path d={way} className={classes.hit} />
      <path d={way} className={classes.stroke} strokeWidth={width} />
      <path d={arrowHead(placed.points, width)} className={classes.head} />
      {label && (
        <text x={placed.label.x} y={placed.label.y + 4} className={classes.label}>
          {label}
        </text>
      )}
    </g>
  );
});

const NODE_TYPES = { activity: Card };
const EDGE_TYPES = { step: Line };
