// What each touch is credited with by each model, as rows for other programs.
import { measures, type Sheet, texts } from '@/ui/sheet';
import { type CreditRow, modelsOf } from './attribution';

export function attributionSheet(rows: readonly CreditRow[]): Sheet {
  const models = modelsOf(rows);
  return {
    name: 'vivencia-attribution',
    columns: [
      ...texts('channel', 'activity', 'model'),
      ...measures('outcomes', 'share', 'low', 'high', 'removal_effect'),
    ],
    rows: rows.flatMap((row) =>
      models.map((model) => {
        const credit = row.credits[model];
        return [
          row.channel,
          row.activity,
          model,
          credit?.outcomes,
          credit?.share,
          credit?.interval?.low,
          credit?.interval?.high,
          model === 'removal' ? row.removalEffect : null,
        ];
      }),
    ),
  };
}
