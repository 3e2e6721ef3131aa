import { useTranslation } from 'react-i18next';
import type { Frictions } from '@/api/client';
import { useFormat } from '@/ui/use-format';
import { CustomersCell } from './behind-link';
import { ChangeCell, pointsText } from './compared';
import { type Friction, readFriction } from './frictions';
import type { OtherFrictions } from './frictions-compared';
import { useFrictionName } from './use-friction-name';

const COLUMNS = ['customers', 'share', 'times', 'observed', 'comparable', 'lost', 'difference', 'interval'] as const;

/** Where amounts are known. */
const SPENT = ['spent', 'spentLess', 'spentInterval'] as const;

/** Every friction with all of its numbers. */
export function FrictionsTable({
  frictions,
  spending,
  other,
}: {
  frictions: readonly Friction[];
  spending: Frictions['spending'];
  other: OtherFrictions | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const frictionName = useFrictionName();
  const amount = (value: number) => format.amount(value, spending?.currency ?? undefined);
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{t('journeys.frictions.columns.friction')}</th>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className="number">
              {t(`journeys.frictions.columns.${column}`)}
            </th>
          ))}
          {spending &&
            SPENT.map((column) => (
              <th key={column} scope="col" className="number">
                {t(`journeys.frictions.columns.${column}`)}
              </th>
            ))}
          {other && (
            <>
              <th scope="col" className="number">
                {t('journeys.compare.columns.share', { name: other.name })}
              </th>
              <th scope="col" className="number">
                {t('journeys.compare.columns.ofAll')}
              </th>
              <th scope="col" className="number">
                {t('journeys.frictions.columns.costThere', { name: other.name })}
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {frictions.map((friction) => {
          const { element, customers, share, times, observed, comparable, lost, spent, threshold } = friction;
          const named = readFriction(element);
          return (
            <tr key={element}>
              <th scope="row">{named ? frictionName(named, threshold?.longest_ms) : friction.about.join(' › ')}</th>
              <CustomersCell
                behind={{ kind: 'friction', friction: element }}
                count={customers}
                text={format.number(customers)}
              />
              <td className="number">{format.share(share)}</td>
              <td className="number">{format.number(times)}</td>
              <td className="number">{format.number(observed)}</td>
              <td className="number">{format.number(comparable)}</td>
              <td className="number">{lost && format.number(lost.customers)}</td>
              <td className="number">{lost && pointsText(lost.difference, format)}</td>
              <td className="number">
                {lost &&
                  t('journeys.compare.interval', {
                    low: pointsText(lost.difference_low, format),
                    high: pointsText(lost.difference_high, format),
                  })}
              </td>
              {spending && (
                <>
                  <td className="number">{spent && amount(spent.per_customer)}</td>
                  <td className="number">{spent && amount(spent.less)}</td>
                  <td className="number">
                    {spent && t('journeys.frictions.range', { low: amount(spent.low), high: amount(spent.high) })}
                  </td>
                </>
              )}
              {other && <OtherCells element={element} other={other} />}
            </tr>
          );
        })}
        {other?.gone.map((friction) => {
          const { element, threshold } = friction;
          const named = readFriction(element);
          const now = other.changes.get(element)?.now;
          return (
            <tr key={element}>
              <th scope="row">{named ? frictionName(named, threshold?.longest_ms) : friction.about.join(' › ')}</th>
              <td className="number">{now && format.number(now.part)}</td>
              <td className="number">{now && format.share(now.part / now.whole)}</td>
              {COLUMNS.slice(2).map((column) => (
                <td key={column} />
              ))}
              {spending && SPENT.map((column) => <td key={column} />)}
              <OtherCells element={element} other={other} />
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function OtherCells({ element, other }: { element: string; other: OtherFrictions }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = other.changes.get(element);
  const there = other.there.get(element);
  return (
    <>
      <td className="number">
        {there ? format.share(there.share) : change ? format.share(0) : t('journeys.compare.unknown')}
      </td>
      <ChangeCell change={change} />
      <td className="number">
        {there?.lost && (
          <>
            {pointsText(there.lost.difference, format)}{' '}
            <span className="small">
              {t('journeys.compare.interval', {
                low: pointsText(there.lost.difference_low, format),
                high: pointsText(there.lost.difference_high, format),
              })}
            </span>
          </>
        )}
      </td>
    </>
  );
}
