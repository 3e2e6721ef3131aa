// What each touch is credited with by each model, as rows for other programs, with the other side beside it in a comparison.
import { measures, type Sheet, texts } from '@/ui/sheet';
import { type CreditRow, modelsOf } from './attribution';
import { type OtherCredits, shareThere, touchId } from './attribution-compared';

const COLUMNS = [
  ...texts('channel', 'activity', 'model'),
  ...measures('outcomes', 'share', 'low', 'high', 'removal_effect'),
];
const COMPARED = measures('compared_outcomes', 'compared_share', 'difference', 'difference_low', 'difference_high');

export function attributionSheet(rows: readonly CreditRow[], other: OtherCredits | null): Sheet {
  const models = modelsOf(rows);
  return {
    name: 'vivencia-attribution',
    columns: other ? [...COLUMNS, ...COMPARED] : COLUMNS,
    rows: rows.flatMap((row) =>
      models.map((model) => {
        const credit = row.credits[model];
        const own = [
          row.channel,
          row.activity,
          model,
          credit?.outcomes,
          credit?.share,
          credit?.interval?.low,
          credit?.interval?.high,
          model === 'removal' ? row.removalEffect : null,
        ];
        if (!other) return own;
        const change = other.changes.get(touchId(row))?.[model];
        return [
          ...own,
          other.rows.get(touchId(row))?.credits[model]?.outcomes ?? change?.other.part,
          shareThere(row, model, other),
          change?.difference.difference,
          change?.difference.low,
          change?.difference.high,
        ];
      }),
    ),
  };
}
