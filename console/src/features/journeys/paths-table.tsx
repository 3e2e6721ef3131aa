import { useTranslation } from 'react-i18next';
import type { Paths } from '@/api/client';
import { Scrollable } from '@/ui/scrollable';
import { useFormat } from '@/ui/use-format';
import classes from './explorer.module.css';

export function PathsTable({ paths }: { paths: Paths }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Scrollable className={`card ${classes.table}`} label={t('journeys.paths.list')}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('journeys.paths.columns.path')}</th>
            {(['count', 'customers', 'share'] as const).map((column) => (
              <th key={column} scope="col" className="number">
                {t(`journeys.paths.columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {paths.paths.map((path) => (
            <tr key={path.activities.join('\n')}>
              <td>{path.activities.join(' › ')}</td>
              <td className="number">{format.number(path.count)}</td>
              <td className="number">{format.number(path.customers)}</td>
              <td className="number">{format.share(path.share)}</td>
            </tr>
          ))}
          {paths.tail.count > 0 && (
            <tr>
              <td className="muted">{t('journeys.paths.tail')}</td>
              <td className="number">{format.number(paths.tail.count)}</td>
              <td />
              <td className="number">{format.share(paths.tail.share)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </Scrollable>
  );
}
