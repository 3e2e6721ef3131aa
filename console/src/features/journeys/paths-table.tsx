import { useTranslation } from 'react-i18next';
import type { Paths } from '@/api/client';
import { Scrollable } from '@/ui/scrollable';
import { useFormat } from '@/ui/use-format';
import { CustomersCell } from './behind-link';
import { ChangeCell } from './compared';
import { type Change, pathElement, pathId, pathText } from './comparison';
import classes from './explorer.module.css';
import type { OtherPaths } from './paths-sheet';

export function PathsTable({ paths, other }: { paths: Paths; other: OtherPaths | null }) {
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
          {paths.paths.map((path) => (
            <tr key={pathId(path)}>
              <td>{pathText(path)}</td>
              <td className="number">{format.number(path.count)}</td>
              <CustomersCell behind={pathElement(path)} count={path.customers} text={format.number(path.customers)} />
              <td className="number">{format.share(path.share)}</td>
              {other && <OtherCells change={other.changes.get(pathId(path))} />}
            </tr>
          ))}
          {paths.tail.count > 0 && (
            <tr>
              <td className="muted">{t('journeys.paths.tail')}</td>
              <td className="number">{format.number(paths.tail.count)}</td>
              <td />
              <td className="number">{format.share(paths.tail.share)}</td>
              {other && <td colSpan={2} />}
            </tr>
          )}
        </tbody>
      </table>
    </Scrollable>
  );
}

function OtherCells({ change }: { change: Change | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <td className="number">
        {change ? format.share(change.other.part / change.other.whole) : t('journeys.compare.unknown')}
      </td>
      <ChangeCell change={change} />
    </>
  );
}
