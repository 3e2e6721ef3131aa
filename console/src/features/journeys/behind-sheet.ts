// Everybody behind an element as typed rows, from the table that the server writes: it lists all of them, and keeps in its audit that it did.
import { counts, instants, readCsv, type Sheet, texts, undefused } from '@/ui/sheet';

const COUNTS = new Set(['activities']);
const INSTANTS = new Set(['first_activity_at', 'last_activity_at']);

export function behindSheet(csv: string): Sheet {
  const [header = [], ...rows] = readCsv(csv);
  const columns = header.flatMap((name) => (COUNTS.has(name) ? counts : INSTANTS.has(name) ? instants : texts)(name));
  return {
    name: 'vivencia-customers',
    columns,
    rows: rows.map((row) =>
      row.map((cell, index) => {
        if (cell === '') return null;
        return columns[index]?.kind === 'count' ? Number(cell) : undefused(cell);
      }),
    ),
  };
}
