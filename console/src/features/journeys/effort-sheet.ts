// The effort as rows for other programs: all runs first, then week by week. Times are milliseconds.
import type { Effort } from '@/api/client';
import { counts, measures, type Sheet, texts } from '@/ui/sheet';
import { type Spread, trendOf } from './effort';

export function effortSheet(answer: Effort, spreads: readonly Spread[]): Sheet {
  const whole = spreads.map(({ measure, p10, p25, p50, p75, p90, mean }) => [
    '(all)',
    measure,
    answer.runs,
    p10,
    p25,
    p50,
    p75,
    p90,
    mean,
  ]);
  const weeks = spreads.flatMap(({ measure }) =>
    trendOf(answer, measure).map(({ from, runs, median, mean }) => [
      from,
      measure,
      runs,
      null,
      null,
      median,
      null,
      null,
      mean,
    ]),
  );
  return {
    name: 'vivencia-effort',
    columns: [
      ...texts('week', 'measure'),
      ...counts('runs'),
      ...measures('p10', 'p25', 'median', 'p75', 'p90', 'mean'),
    ],
    rows: [...whole, ...weeks],
  };
}
