// Every number of the page as a row for other programs: the whole, each period, and each group that is looked at.
import type { Scored, Scores } from '@/api/client';
import { counts, measures, type Sheet, texts, truths } from '@/ui/sheet';
import { beganIn } from './annotations';

const COLUMNS = [
  ...texts('metric', 'by', 'value', 'period'),
  ...truths('over'),
  ...measures('score', 'low', 'high', 'effective_answers'),
  ...counts('answers', 'customers', 'anonymous'),
  ...texts('annotations'),
];

const numbers = ({ score, low, high, effective_answers, answers, customers, anonymous }: Scored) => [
  score,
  low,
  high,
  effective_answers,
  answers,
  customers,
  anonymous,
];

export function scoresSheet(answer: Scores, broken: Scores | undefined): Sheet {
  const { name } = answer.metric;
  const said = (firstDay: string, nextDay: string | undefined) =>
    beganIn(answer.annotations, firstDay, nextDay)
      .map(({ text }) => text)
      .join('; ') || null;
  return {
    name: `vivencia-${name}`,
    columns: COLUMNS,
    rows: [
      [name, null, '(all)', '(all)', null, ...numbers(answer.whole.total), null],
      ...answer.periods.flatMap(({ first_day, is_over }, index) => {
        const scored = answer.whole.periods[index];
        return scored
          ? [
              [
                name,
                null,
                '(all)',
                first_day,
                is_over,
                ...numbers(scored),
                said(first_day, answer.periods[index + 1]?.first_day),
              ],
            ]
          : [];
      }),
      ...(broken?.groups ?? []).map(({ value, total }) => [
        name,
        broken?.by,
        value,
        '(all)',
        null,
        ...numbers(total),
        null,
      ]),
    ],
  };
}
