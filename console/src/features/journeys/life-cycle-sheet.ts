// The life cycle as rows for other programs.
import { counts, measures, type Sheet, texts, truths } from '@/ui/sheet';
import type { LifeCyclePeriod } from './life-cycle';

export function lifeCycleSheet(periods: readonly LifeCyclePeriod[]): Sheet {
  return {
    name: 'vivencia-life-cycle',
    columns: [
      ...texts('first_day'),
      ...counts('active', 'new', 'returning', 'resurrected', 'dormant'),
      ...measures('stayed', 'stayed_low', 'stayed_high'),
      ...truths('complete'),
    ],
    rows: periods.map((period) => [
      period.first_day,
      period.active,
      period.new,
      period.returning,
      period.resurrected,
      period.dormant,
      period.share,
      period.low,
      period.high,
      period.is_complete,
    ]),
  };
}
