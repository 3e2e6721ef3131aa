import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/use-format';
import { periodName } from './cohort-triangle';
import { type CohortRow, type CurvePoint, type OtherCurve, pointChange, type Retained } from './cohorts';
import { ChangeCell } from './compared';
import type { By } from './defaults';

/** Every cell with its numbers: first all cohorts together, then one after the other, the latest first. */
export function RetentionTable({
  rows,
  curve,
  other,
  by,
}: {
  rows: readonly CohortRow[];
  curve: readonly CurvePoint[];
  other: OtherCurve | null;
  by: By;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{t(`journeys.retention.began.${by}`)}</th>
          {(['after', 'customers', 'returned', 'share', 'interval'] as const).map((column) => (
            <th key={column} scope="col" className="number">
              {t(`journeys.retention.columns.${column}`)}
            </th>
          ))}
          {other && (
            <th scope="col" className="number">
              {t('journeys.compare.columns.difference')}
            </th>
          )}
          <th scope="col">{t('journeys.retention.columns.state')}</th>
        </tr>
      </thead>
      <tbody>
        {curve.map((point) => (
          <tr key={point.after}>
            <th scope="row">{t('journeys.retention.all')}</th>
            <Numbers of={point} />
            {other && <ChangeCell change={pointChange(point, other)} />}
            <td>{t('journeys.retention.cohorts', { count: point.cohorts, n: format.number(point.cohorts) })}</td>
          </tr>
        ))}
        {rows.toReversed().flatMap(({ from, cells }) =>
          cells.map((cell) => (
            <tr key={`${from} ${cell.after}`}>
              <th scope="row">{periodName(from, by, format)}</th>
              <Numbers of={cell} />
              {other && <td />}
              <td>{cell.isComplete ? '' : t('journeys.retention.open')}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}

function Numbers({ of }: { of: Retained }) {
  const format = useFormat();
  return (
    <>
      <td className="number">{format.number(of.after)}</td>
      <td className="number">{format.number(of.customers)}</td>
      <td className="number">{format.number(of.returned)}</td>
      <td className="number">{format.share(of.share)}</td>
      <td className="number">
        {format.share(of.low)} – {format.share(of.high)}
      </td>
    </>
  );
}
