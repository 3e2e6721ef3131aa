// Every cell as a row for other programs; all cohorts together first, with the other side beside them in a comparison.
import { counts, measures, type Sheet, texts, truths } from '@/ui/sheet';
import { type CohortRow, type CurvePoint, type OtherCurve, pointChange, type Retained } from './cohorts';

const COLUMNS = [
  ...texts('cohort'),
  ...counts('after', 'customers', 'returned'),
  ...measures('share', 'low', 'high'),
  ...truths('complete'),
];
const COMPARED = [
  ...counts('compared_customers', 'compared_returned'),
  ...measures('difference', 'difference_low', 'difference_high'),
];

const numbers = ({ after, customers, returned, share, low, high }: Retained) => [
  after,
  customers,
  returned,
  share,
  low,
  high,
];

export function retentionSheet(
  rows: readonly CohortRow[],
  curve: readonly CurvePoint[],
  other: OtherCurve | null,
): Sheet {
  const together = curve.map((point) => {
    const change = pointChange(point, other);
    const { other: there, difference } = change ?? {};
    return [
      '(all)',
      ...numbers(point),
      true,
      ...(other ? [there?.whole, there?.part, difference?.difference, difference?.low, difference?.high] : []),
    ];
  });
  const missing = other ? COMPARED.map(() => null) : [];
  const cells = rows.flatMap(({ from, cells: row }) =>
    row.map((cell) => [from, ...numbers(cell), cell.isComplete, ...missing]),
  );
  return {
    name: 'vivencia-retention',
    columns: other ? [...COLUMNS, ...COMPARED] : COLUMNS,
    rows: [...together, ...cells],
  };
}
