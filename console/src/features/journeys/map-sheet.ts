// The map as rows for other programs: every connection, with the other side beside it in a comparison.
import type { ProcessMap } from '@/api/client';
import { counts, measures, type Sheet, texts } from '@/ui/sheet';
import type { MapChanges } from './comparison';
import { edgeId } from './drawing';

export interface OtherMap {
  map: ProcessMap;
  changes: MapChanges;
  /** How the other side is called in words. */
  name: string;
}

const COLUMNS = [...texts('from', 'to'), ...counts('events', 'customers'), ...measures('mean_ms', 'median_ms')];
const COMPARED = [
  ...measures('of_from'),
  ...counts('compared_customers'),
  ...measures('compared_of_from', 'difference', 'difference_low', 'difference_high'),
];

export function mapSheet(map: ProcessMap, other: OtherMap | null): Sheet {
  const name = 'vivencia-map';
  const rows = map.edges.map((edge) => [edge.from, edge.to, edge.events, edge.customers, edge.mean_ms, edge.median_ms]);
  if (!other) return { name, columns: COLUMNS, rows };
  const gone = other.changes.goneEdges.map((edge) => [edge.from, edge.to, 0, 0, null, null]);
  const compared = [...rows, ...gone].map((row) => {
    const change = other.changes.edges.get(edgeId({ from: String(row[0]), to: String(row[1]) }));
    return [
      ...row,
      change && change.now.part / Math.max(1, change.now.whole),
      change?.other.part,
      change && change.other.part / Math.max(1, change.other.whole),
      change?.difference.difference,
      change?.difference.low,
      change?.difference.high,
    ];
  });
  return { name, columns: [...COLUMNS, ...COMPARED], rows: compared };
}
