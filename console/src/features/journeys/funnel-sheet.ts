// The funnel as rows for other programs, with the other side beside it in a comparison.
import { counts, measures, type Sheet, texts } from '@/ui/sheet';
import type { OtherFunnel, Step } from './funnel-steps';

const COLUMNS = [
  ...counts('step'),
  ...texts('activity'),
  ...counts('customers'),
  ...measures('of_first', 'of_before', 'median_ms', 'p90_ms', 'mean_ms'),
  ...counts('entries'),
  ...measures('entries_share'),
];
const COMPARED = [
  ...counts('compared_customers'),
  ...measures('compared_of_first', 'difference', 'difference_low', 'difference_high'),
];

export function funnelSheet(steps: readonly Step[], other: OtherFunnel | null): Sheet {
  const name = 'vivencia-funnel';
  const rows = steps.map((step, index) => [
    index + 1,
    step.activity,
    step.customers,
    step.ofFirst,
    step.ofBefore,
    step.medianMs,
    step.p90Ms,
    step.meanMs,
    step.entries?.count,
    step.entries?.share,
  ]);
  if (!other) return { name, columns: COLUMNS, rows };
  const compared = rows.map((row, index) => {
    const change = index > 0 ? other.changes[index] : null;
    return [
      ...row,
      other.steps[index]?.customers,
      other.steps[index]?.ofFirst,
      change?.difference.difference,
      change?.difference.low,
      change?.difference.high,
    ];
  });
  return { name, columns: [...COLUMNS, ...COMPARED], rows: compared };
}
