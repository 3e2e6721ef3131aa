import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/use-format';
import { type CreditRow, modelsOf } from './attribution';
import { type OtherCredits, shareThere, touchId } from './attribution-compared';
import { ChangeCell } from './compared';
import { useTouchName } from './use-touch-name';

/** Each touch by each model, with its outcomes, its share and the interval. */
export function AttributionTable({ rows, other }: { rows: readonly CreditRow[]; other: OtherCredits | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const touchName = useTouchName();
  const models = modelsOf(rows);
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{t(`journeys.attribution.touch.${rows[0]?.activity == null ? 'channel' : 'touchpoint'}`)}</th>
          <th scope="col">{t('journeys.attribution.columns.model')}</th>
          {(['outcomes', 'share', 'interval', 'effect'] as const).map((column) => (
            <th key={column} scope="col" className="number">
              {t(`journeys.attribution.columns.${column}`)}
            </th>
          ))}
          {other && (
            <>
              <th scope="col" className="number">
                {t('journeys.compare.columns.share', { name: other.name })}
              </th>
              <th scope="col" className="number">
                {t('journeys.compare.columns.difference')}
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.flatMap((row) =>
          models.map((model) => {
            const credit = row.credits[model];
            const there = other && shareThere(row, model, other);
            return (
              <tr key={`${row.channel} ${row.activity} ${model}`}>
                <th scope="row">{touchName(row)}</th>
                <td>{t(`journeys.attribution.models.${model}`)}</td>
                <td className="number">{credit && format.number(credit.outcomes, 1)}</td>
                <td className="number">{credit && format.share(credit.share)}</td>
                <td className="number">
                  {credit?.interval && `${format.share(credit.interval.low)} – ${format.share(credit.interval.high)}`}
                </td>
                <td className="number">
                  {model === 'removal' && row.removalEffect !== null && format.share(row.removalEffect)}
                </td>
                {other && <td className="number">{there !== null && format.share(there)}</td>}
                {other && <ChangeCell change={other.changes.get(touchId(row))?.[model]} />}
              </tr>
            );
          }),
        )}
      </tbody>
    </table>
  );
}
