// What hinders customers, as rows for other programs.
import { counts, measures, type Sheet, texts } from '@/ui/sheet';
import type { Friction } from './frictions';

export function frictionsSheet(frictions: readonly Friction[]): Sheet {
  return {
    name: 'vivencia-frictions',
    columns: [
      ...texts('kind', 'about'),
      ...counts('customers'),
      ...measures('share', 'low', 'high'),
      ...counts('times', 'longest_ms', 'observed', 'comparable', 'comparable_lost'),
      ...measures('customers_lost', 'difference', 'difference_low', 'difference_high'),
    ],
    rows: frictions.map((friction) => [
      friction.kind,
      friction.about.join(' > '),
      friction.customers,
      friction.share,
      friction.low,
      friction.high,
      friction.times,
      friction.threshold?.longest_ms,
      friction.observed,
      friction.comparable,
      friction.comparable_lost,
      friction.lost?.customers,
      friction.lost?.difference,
      friction.lost?.difference_low,
      friction.lost?.difference_high,
    ]),
  };
}
