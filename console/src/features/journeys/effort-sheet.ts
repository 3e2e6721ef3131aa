// The effort as rows for other programs: all runs first, then week by week, with the other side beside it in a comparison. Times are
// milliseconds.
import type { Effort } from '@/api/client';
import { type Cell, counts, measures, type Sheet, texts } from '@/ui/sheet';
import { type Spread, trendOf } from './effort';
import { type OtherEffort, spreadThere, trendThere } from './effort-compared';

const COLUMNS = [
  ...texts('week', 'measure'),
  ...counts('runs'),
  ...measures('p10', 'p25', 'median', 'p75', 'p90', 'mean'),
];
const COMPARED = [
  ...counts('compared_runs'),
  ...measures('compared_p10', 'compared_p25', 'compared_median', 'compared_p75', 'compared_p90', 'compared_mean'),
];

const numbers = (runs: number | undefined, spread: Spread | null): Cell[] => [
  runs,
  spread?.p10,
  spread?.p25,
  spread?.p50,
  spread?.p75,
  spread?.p90,
  spread?.mean,
];

export function effortSheet(answer: Effort, spreads: readonly Spread[], other: OtherEffort | null): Sheet {
  const whole = spreads.map((spread) => [
    '(all)',
    spread.measure,
    ...numbers(answer.runs, spread),
    ...(other ? numbers(other.answer.runs, spreadThere(other, spread.measure)) : []),
  ]);
  const weeks = spreads.flatMap(({ measure }) => {
    const trend = trendOf(answer, measure);
    const there = trendThere(trend, other, measure);
    return trend.map(({ from, runs, median, mean }, index) => {
      const beside = there[index];
      return [
        from,
        measure,
        ...[runs, null, null, median, null, null, mean],
        ...(other ? [beside?.runs, null, null, beside?.median, null, null, beside?.mean] : []),
      ];
    });
  });
  return {
    name: 'vivencia-effort',
    columns: other ? [...COLUMNS, ...COMPARED] : COLUMNS,
    rows: [...whole, ...weeks],
  };
}
