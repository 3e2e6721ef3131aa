// Which column of a file is what, as the `map` parameter writes it. Pure.

export const ROLES = ['customer', 'activity', 'occurred_at', 'channel', 'unit'] as const;
export type Role = (typeof ROLES)[number];
export const NEEDED: readonly Role[] = ['customer', 'activity', 'occurred_at'];

export interface Mapping {
  columns: Partial<Record<Role, string>>;
  /** By which kind of identifier the customer is known; a user id unless told. */
  customerKind?: string;
}

/** Cuts at commas outside of quotes; two quotes within quotes are one. */
function parts(text: string): string[] {
  const found: string[] = [];
  let current = '';
  let isQuoted = false;
  for (const [i, character] of [...text].entries()) {
    if (character === '"') {
      current += character;
      isQuoted = !isQuoted;
    } else if (character === ',' && !isQuoted) {
      found.push(current);
      current = '';
    } else current += character;
    if (i === text.length - 1 && current === '') found.push('');
  }
  if (current !== '') found.push(current);
  return found;
}

const unquote = (text: string) =>
  text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
const quote = (text: string) => (/[,="]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Reads a mapping as the server guessed it. What has no column (a constant) is left aside. */
export function readMapping(text: string): Mapping {
  const mapping: Mapping = { columns: {} };
  for (const part of parts(text)) {
    const match = /^(\w+)(?::([^=]+))?=(.*)$/.exec(part);
    const role = ROLES.find((each) => each === match?.[1]);
    if (!match || !role || mapping.columns[role] !== undefined) continue;
    mapping.columns[role] = unquote(match[3] ?? '');
    if (role === 'customer' && match[2]) mapping.customerKind = match[2];
  }
  return mapping;
}

/** Writes a mapping. Every column that is nothing else is kept as a property. */
export function writeMapping(mapping: Mapping, columns: readonly string[]): string {
  const used = new Set(Object.values(mapping.columns));
  const roles = ROLES.flatMap((role) => {
    const column = mapping.columns[role];
    if (column === undefined) return [];
    const kind = role === 'customer' && mapping.customerKind ? `:${mapping.customerKind}` : '';
    return [`${role}${kind}=${quote(column)}`];
  });
  const properties = columns
    .filter((column) => column !== '' && !used.has(column))
    .map((column) => `property:${quote(column)}=${quote(column)}`);
  return [...roles, ...properties].join(',');
}

export function isComplete(mapping: Mapping): boolean {
  return NEEDED.every((role) => mapping.columns[role] !== undefined);
}

const DELIMITERS = [',', ';', '\t', '|'];

/** The columns that a header names, cut at whatever cuts it into most. The server reads files for good; this only offers names to choose from. */
export function columnsOf(header: string): string[] {
  const cut = (delimiter: string): string[] => {
    const columns = [''];
    let isQuoted = false;
    for (const character of header.replace(/^\uFEFF/, '')) {
      if (character === '"') isQuoted = !isQuoted;
      else if (character === delimiter && !isQuoted) columns.push('');
      else columns[columns.length - 1] += character;
    }
    return columns.map((column) => column.trim());
  };
  return DELIMITERS.map(cut).reduce((best, columns) => (columns.length > best.length ? columns : best));
}
