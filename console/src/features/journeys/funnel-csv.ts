// The funnel as a table for other programs, with the other side beside it in a comparison.
import { saveCsv } from '@/ui/save';
import type { OtherFunnel, Step } from './funnel-steps';

export function saveFunnelCsv(steps: readonly Step[], other: OtherFunnel | null) {
  const header = [
    'step',
    'activity',
    'customers',
    'of_first',
    'of_before',
    'median_ms',
    'p90_ms',
    'mean_ms',
    'entries',
    'entries_share',
  ];
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
  if (!other) {
    saveCsv('vivencia-funnel.csv', header, rows);
    return;
  }
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
  saveCsv(
    'vivencia-funnel.csv',
    [...header, 'compared_customers', 'compared_of_first', 'difference', 'difference_low', 'difference_high'],
    compared,
  );
}
