// Paths as rows for other programs, with the other side beside them in a comparison.
import type { Paths } from '@/api/client';
import { counts, measures, type Sheet, texts } from '@/ui/sheet';
import { type Change, pathId } from './comparison';

export interface OtherPaths {
  changes: ReadonlyMap<string, Change>;
  /** How the other side is called in words. */
  name: string;
}

const COLUMNS = [...texts('path'), ...counts('count', 'customers'), ...measures('share')];
const COMPARED = [
  ...counts('compared_count'),
  ...measures('compared_share', 'difference', 'difference_low', 'difference_high'),
];

export function pathsSheet(paths: Paths, other: OtherPaths | null): Sheet {
  const name = 'vivencia-paths';
  const tail = ['(others)', paths.tail.count, null, paths.tail.share];
  const row = (path: Paths['paths'][number]) => [
    [...path.activities, ...(path.goes_on ? ['…'] : [])].join(' > '),
    path.count,
    path.customers,
    path.share,
  ];
  if (!other) return { name, columns: COLUMNS, rows: [...paths.paths.map(row), tail] };
  const compared = paths.paths.map((path) => {
    const change = other.changes.get(pathId(path));
    return [
      ...row(path),
      change?.other.part,
      change && change.other.part / Math.max(1, change.other.whole),
      change?.difference.difference,
      change?.difference.low,
      change?.difference.high,
    ];
  });
  return { name, columns: [...COLUMNS, ...COMPARED], rows: [...compared, [...tail, ...COMPARED.map(() => null)]] };
}
