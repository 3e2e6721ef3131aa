import { useTranslation } from 'react-i18next';
import type { Drivers } from '@/api/client';
import { Scrollable } from '@/ui/scrollable';
import { useFormat } from '@/ui/use-format';
import { performanceOf } from './drivers';
import { useDriverText } from './use-driver-text';

const NUMBERS = ['coefficient', 'interval', 'p', 'importance', 'performance', 'mean', 'known', 'inflation'] as const;

/** Every number of the page, the most important variable first. */
export function DriversTable({ answer }: { answer: Drivers }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useDriverText(answer.outcome);
  return (
    <Scrollable label={t('listening.drivers.list.title')}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('listening.drivers.columns.variable')}</th>
            <th scope="col">{t('listening.drivers.columns.found')}</th>
            {NUMBERS.map((column) => (
              <th key={column} scope="col" className="number">
                {t(`listening.drivers.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.drivers.map((driver) => {
            const performance = performanceOf(driver);
            return (
              <tr key={`${driver.kind} ${driver.name} ${driver.value ?? ''}`}>
                <th scope="row">{text.name(driver)}</th>
                <td>{driver.is_found ? t('listening.drivers.columns.yes') : t('listening.drivers.columns.no')}</td>
                <td className="number">{text.short(driver)}</td>
                <td className="number">{text.between(driver)}</td>
                <td className="number">{format.number(driver.adjusted_p, 4)}</td>
                <td className="number">{format.share(driver.importance)}</td>
                <td className="number">{performance === null ? '–' : format.share(performance)}</td>
                <td className="number">{format.number(driver.performance, 2)}</td>
                <td className="number">{format.number(driver.known)}</td>
                <td className="number">{format.number(driver.inflation, 1)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scrollable>
  );
}
