// What each touch is credited with by each model, for other programs.
import { saveCsv } from '@/ui/save';
import { type CreditRow, modelsOf } from './attribution';

export function saveAttributionCsv(rows: readonly CreditRow[]) {
  const models = modelsOf(rows);
  saveCsv(
    'vivencia-attribution.csv',
    ['channel', 'activity', 'model', 'outcomes', 'share', 'low', 'high', 'removal_effect'],
    rows.flatMap((row) =>
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
  );
}
