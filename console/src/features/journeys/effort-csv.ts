// The effort as a table for other programs: all runs first, then week by week. Times are milliseconds.

import type { Effort } from '@/api/client';
import { saveCsv } from '@/ui/save';
import { type Spread, trendOf } from './effort';

export function saveEffortCsv(answer: Effort, spreads: readonly Spread[]) {
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
  saveCsv(
    'vivencia-effort.csv',
    ['week', 'measure', 'runs', 'p10', 'p25', 'median', 'p75', 'p90', 'mean'],
    [...whole, ...weeks],
  );
}
