// Rows and columns as Parquet. The library is loaded only by who keeps a file.
import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Cell, ColumnKind, Sheet } from './sheet';

const TYPES = {
  text: 'STRING',
  count: 'INT64',
  measure: 'DOUBLE',
  truth: 'BOOLEAN',
  instant: 'TIMESTAMP',
} as const satisfies Record<ColumnKind, string>;

function writtenAs(cell: Cell, kind: ColumnKind): unknown {
  if (cell === null || cell === undefined) return null;
  if (kind === 'count') return BigInt(Number(cell));
  if (kind === 'instant') return new Date(String(cell));
  if (kind === 'text') return String(cell);
  return cell;
}

/** A file in which every column has the type that it always has, and what is missing is null. */
export function toParquet({ columns, rows }: Pick<Sheet, 'columns' | 'rows'>): ArrayBuffer {
  return parquetWriteBuffer({
    createdBy: 'Vivencia',
    columnData: columns.map(({ name, kind }, index) => ({
      name,
      type: TYPES[kind],
      data: rows.map((row) => writtenAs(row[index], kind)),
    })),
  });
}
