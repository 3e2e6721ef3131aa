// Every cell as a row for other programs; all cohorts together first, with the other side beside them in a comparison.
import { saveCsv } from '@/ui/save';
import type { CohortRow, CurvePoint, Retained } from './cohorts';
import { type OtherCurve, pointChange } from './retention-panel';

const COLUMNS = ['cohort', 'after', 'customers', 'returned', 'share', 'low', 'high', 'complete'];
const COMPARED = ['compared_customers', 'compared_returned', 'difference', 'difference_low', 'difference_high'];

const numbers = ({ after, customers, returned, share, low, high }: Retained) => [
  after,
  customers,
  returned,
  share,
  low,
  high,
];

export function saveRetentionCsv(rows: readonly CohortRow[], curve: readonly CurvePoint[], other: OtherCurve | null) {
  const together = curve.map((point) => {
    const change = pointChange(point, other);
    const { other: there, difference } = change ?? {};
    return [
      '(all)',
      ...numbers(point),
      'true',
      ...(other ? [there?.whole, there?.part, difference?.difference, difference?.low, difference?.high] : []),
    ];
  });
  const cells = rows.flatMap(({ from, cells: row }) =>
    row.map((cell) => [from, ...numbers(cell), String(cell.isComplete)]),
  );
  saveCsv('vivencia-retention.csv', other ? [...COLUMNS, ...COMPARED] : COLUMNS, [...together, ...cells]);
}
