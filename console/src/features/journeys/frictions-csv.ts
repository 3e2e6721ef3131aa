// What hinders customers, as a table for other programs.
import { saveCsv } from '@/ui/save';
import type { Friction } from './frictions';

export function saveFrictionsCsv(frictions: readonly Friction[]) {
  saveCsv(
    'vivencia-frictions.csv',
    [
      'kind',
      'about',
      'customers',
      'share',
      'low',
      'high',
      'times',
      'longest_ms',
      'observed',
      'comparable',
      'comparable_lost',
      'customers_lost',
      'difference',
      'difference_low',
      'difference_high',
    ],
    frictions.map((friction) => [
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
  );
}
