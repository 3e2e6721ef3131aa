// Paths as a table for other programs, with the other side beside them in a comparison.
import type { Paths } from '@/api/client';
import { saveCsv } from '@/ui/save';
import { type Change, pathId } from './comparison';

export interface OtherPaths {
  changes: ReadonlyMap<string, Change>;
  /** How the other side is called in words. */
  name: string;
}

export function savePathsCsv(paths: Paths, other: OtherPaths | null) {
  const header = ['path', 'count', 'customers', 'share'];
  const tail = ['(others)', paths.tail.count, null, paths.tail.share];
  const row = (path: Paths['paths'][number]) => [
    [...path.activities, ...(path.goes_on ? ['…'] : [])].join(' > '),
    path.count,
    path.customers,
    path.share,
  ];
  if (!other) {
    saveCsv('vivencia-paths.csv', header, [...paths.paths.map(row), tail]);
    return;
  }
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
  saveCsv(
    'vivencia-paths.csv',
    [...header, 'compared_count', 'compared_share', 'difference', 'difference_low', 'difference_high'],
    [...compared, tail],
  );
}
