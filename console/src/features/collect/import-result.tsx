import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ImportReport } from '@/api/client';
import { Scrollable } from '@/ui/scrollable';
import { useFormat } from '@/ui/use-format';
import classes from './sources.module.css';
import { useReason } from './use-reason';

/** What became of a file. */
export function ImportResult({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = useReason();
  return (
    <section className={classes.stack} aria-live="polite">
      <h2>{t('collect.import.doneTitle')}</h2>
      <div className={classes.counts}>
        {(['rows', 'stored', 'duplicate', 'dead'] as const).map((count) => (
          <div key={count}>
            <div className={classes.figure}>{format.number(report[count])}</div>
            <div className="small">{t(`collect.import.counts.${count}`)}</div>
          </div>
        ))}
      </div>
      {report.rows > 0 && report.duplicate === report.rows && <p className="muted">{t('collect.import.allKnown')}</p>}
      {report.first_dead.length > 0 && (
        <Scrollable className={`card ${classes.table}`} label={t('collect.import.refused')}>
          <h3>{t('collect.import.refused')}</h3>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t('collect.import.line')}</th>
                <th scope="col">{t('collect.import.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {report.first_dead.map((row) => (
                <tr key={row.line}>
                  <td>{format.number(row.line)}</td>
                  <td>
                    {reason(row.code)}
                    <div className="small">{row.detail}</div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrollable>
      )}
      <p className={classes.links}>
        <Link to="/journeys">{t('collect.import.seeMap')}</Link>
        {report.dead > 0 && (
          <Link to="/settings/sources" search={{ tab: 'dead' }}>
            {t('collect.import.seeDead')}
          </Link>
        )}
      </p>
    </section>
  );
}
