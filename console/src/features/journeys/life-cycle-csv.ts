// The life cycle as a table for other programs.
import { saveCsv } from '@/ui/save';
import type { LifeCyclePeriod } from './life-cycle';

export function saveLifeCycleCsv(periods: readonly LifeCyclePeriod[]) {
  saveCsv(
    'vivencia-life-cycle.csv',
    [
      'first_day',
      'active',
      'new',
      'returning',
      'resurrected',
      'dormant',
      'stayed',
      'stayed_low',
      'stayed_high',
      'complete',
    ],
    periods.map((period) => [
      period.first_day,
      period.active,
      period.new,
      period.returning,
      period.resurrected,
      period.dormant,
      period.share,
      period.low,
      period.high,
      String(period.is_complete),
    ]),
  );
}
