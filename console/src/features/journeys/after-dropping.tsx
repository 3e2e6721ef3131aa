import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Funnel } from '@/api/client';
import { useFormat } from '@/ui/use-format';
import { Answered } from './answered';
import funnelClasses from './funnel.module.css';
import { funnelQuestion } from './funnel-question';
import { afterDroppingQuery } from './queries';
import { useAsked, useExplorerSearch } from './use-explorer';

type After = NonNullable<Funnel['steps'][number]['after_dropping']>;

function useAfterDropping() {
  const search = useExplorerSearch();
  const scope = useAsked();
  const { queryKey, ...asking } = afterDroppingQuery(funnelQuestion(search), scope);
  const query = useQuery({ queryKey, ...asking, enabled: (search.steps?.length ?? 0) > 1 });
  return { query, queryKey };
}

/** What those did next who came to a step (from 1) and not to the one after it. */
export function AfterDropping({ step }: { step: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { query, queryKey } = useAfterDropping();
  return (
    <div className={funnelClasses.after}>
      <Answered query={query} queryKey={queryKey} asked={t('journeys.after.title')} height={112}>
        {(funnel) => {
          const after = funnel.steps[step - 1]?.after_dropping;
          if (!after) return null;
          return (
            <>
              <p className="small">{t('journeys.after.say', { n: format.number(after.customers) })}</p>
              <ul className={funnelClasses.next}>
                {after.next.map(({ activity, customers, share, low, high }) => (
                  <li key={activity ?? ''}>
                    <span className={activity ? undefined : 'muted'}>{activity ?? t('journeys.after.nothing')}</span>
                    <span className={funnelClasses['next-bar']} aria-hidden="true">
                      <span style={{ width: `${share * 100}%` }} />
                    </span>
                    <span className={funnelClasses['next-share']}>
                      {format.share(share)}{' '}
                      <span className="muted">
                        {t('journeys.after.interval', {
                          n: format.number(customers),
                          low: format.share(low),
                          high: format.share(high),
                        })}
                      </span>
                    </span>
                  </li>
                ))}
                <OtherActivities after={after} />
              </ul>
            </>
          );
        }}
      </Answered>
    </div>
  );
}

function OtherActivities({ after }: { after: After }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (after.other.customers === 0) return null;
  return (
    <li className="muted">
      <span>{t('journeys.after.others')}</span>
      <span className={funnelClasses['next-bar']} aria-hidden="true">
        <span style={{ width: `${after.other.share * 100}%` }} />
      </span>
      <span className={funnelClasses['next-share']}>
        {format.share(after.other.share)} ({format.number(after.other.customers)})
      </span>
    </li>
  );
}

/** The same for every step, as a table. */
export function AfterDroppingTable() {
  const { t } = useTranslation();
  const format = useFormat();
  const { query, queryKey } = useAfterDropping();
  const { steps = [] } = useExplorerSearch();
  if (steps.length < 2) return null;
  return (
    <>
      <h2 className={funnelClasses['after-title']}>{t('journeys.after.title')}</h2>
      <Answered query={query} queryKey={queryKey} asked={t('journeys.after.title')} height={168}>
        {(funnel) => (
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t('journeys.after.columns.step')}</th>
                <th scope="col">{t('journeys.after.columns.next')}</th>
                {(['customers', 'share', 'interval'] as const).map((column) => (
                  <th key={column} scope="col" className="number">
                    {t(`journeys.after.columns.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {funnel.steps.flatMap((step, index) => {
                const after = step.after_dropping;
                if (!after || after.customers === 0) return [];
                const name = `${index + 1}. ${steps[index] ?? step.activity}`;
                const rows = after.next.map((next) => ({
                  name: next.activity ?? t('journeys.after.nothing'),
                  customers: next.customers,
                  share: next.share,
                  interval: `${format.share(next.low)} – ${format.share(next.high)}`,
                }));
                if (after.other.customers > 0)
                  rows.push({ name: t('journeys.after.others'), ...after.other, interval: '' });
                return rows.map((row) => (
                  <tr key={`${name} ${row.name}`}>
                    <td>{name}</td>
                    <td>{row.name}</td>
                    <td className="number">{format.number(row.customers)}</td>
                    <td className="number">{format.share(row.share)}</td>
                    <td className="number">{row.interval}</td>
                  </tr>
                ));
              })}
            </tbody>
          </table>
        )}
      </Answered>
    </>
  );
}
