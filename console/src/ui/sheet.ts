// Rows and columns for other programs, before they are written as CSV or Parquet. Pure.

/** What a column holds: a file that has types says so, whatever its rows happen to hold. */
export type ColumnKind = 'text' | 'count' | 'measure' | 'truth' | 'instant';

export interface Column {
  name: string;
  kind: ColumnKind;
}

export type Cell = string | number | boolean | null | undefined;

export interface Sheet {
  /** Of the file, without what says its kind. */
  name: string;
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
}

const columnsOf =
  (kind: ColumnKind) =>
  (...names: string[]): Column[] =>
    names.map((name) => ({ name, kind }));

export const texts = columnsOf('text');
/** Whole numbers. */
export const counts = columnsOf('count');
export const measures = columnsOf('measure');
export const truths = columnsOf('truth');
/** As the interface writes them: `2026-03-02T10:00:00.000Z`. */
export const instants = columnsOf('instant');

/** A table as spreadsheets and programs read it (RFC 4180); a text that a spreadsheet would run as a formula is defused. */
export function toCsv({ columns, rows }: Pick<Sheet, 'columns' | 'rows'>): string {
  const cell = (value: Cell): string => {
    if (value === null || value === undefined) return '';
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns.map(({ name }) => name), ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** The fields of a table that the server wrote as CSV, the names of its columns first. */
export function readCsv(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  // A field between quotes, in which quotes are doubled, or one without; then what ends it.
  for (const [whole, quoted, plain = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (whole === '' && row.length === 0) break;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Takes away what keeps a spreadsheet from running a text as a formula: a file with types needs no such thing. */
export function undefused(text: string): string {
  return /^'[=+\-@\t\r＝＋－＠]/.test(text) ? text.slice(1) : text;
}
