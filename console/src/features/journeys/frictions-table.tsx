import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/use-format';
import { CustomersCell } from './behind-link';
import { pointsText } from './compared';
import { type Friction, readFriction } from './frictions';
import { useFrictionName } from './use-friction-name';

const COLUMNS = ['customers', 'share', 'times', 'observed', 'comparable', 'lost', 'difference', 'interval'] as const;

/** Every friction with all of its numbers. */
export function FrictionsTable({ frictions }: { frictions: readonly Friction[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const frictionName = useFrictionName();
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
        </tr>
      </thead>
      <tbody>
        {frictions.map((friction) => {
          const { element, customers, share, times, observed, comparable, lost, threshold } = friction;
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
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
