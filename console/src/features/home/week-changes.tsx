import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ActivityChange, Changes } from '@/api/client';
import { addDays } from '@/app/period';
import { Scrollable } from '@/ui/scrollable';
import { Answer, LoadingBlock } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './home.module.css';
import { changesQuery } from './queries';
import { Spark } from './spark';

/** What the last full week had that weeks do not usually have. That there is nothing is good news, and said as such. */
export function WeekChanges() {
  const { t } = useTranslation();
  const format = useFormat();
  const changes = useQuery(changesQuery);
  return (
    <section className={`card ${classes.card}`} aria-labelledby="week-changes">
      <h2 id="week-changes">{t('home.week.title')}</h2>
      <Answer query={changes} loading={<LoadingBlock height={160} />}>
        {(found) => {
          if (!found.from || !found.to) return <p className="muted">{t('home.week.noWeek')}</p>;
          const days = { from: format.day(found.from), to: format.day(addDays(found.to, -1)) };
          return (
            <>
              <p className="small">
                {t('home.week.days', days)}{' '}
                {found.compared > 0 &&
                  t('home.week.how', {
                    n: format.number(found.compared),
                    weeks: format.number(found.weeks_before),
                    share: format.share(found.false_discovery_rate),
                  })}
              </p>
              {found.findings.map(({ code }) =>
                code === 'few_weeks' || code === 'nothing_lately' || code === 'empty_week' ? (
                  <p key={code} className={classes.finding}>
                    {t(`home.week.findings.${code}`)}
                  </p>
                ) : null,
              )}
              <Found changes={found} />
            </>
          );
        }}
      </Answer>
    </section>
  );
}

function Found({ changes }: { changes: Changes }) {
  const { t } = useTranslation();
  const format = useFormat();
  const period = { from: changes.from ?? undefined, to: changes.to ?? undefined };
  const isCalm = changes.changed.length + changes.vanished.length + changes.new.length === 0;
  if (isCalm && changes.findings.some(({ code }) => code === 'empty_week')) return null;
  if (isCalm) {
    return (
      <div className={classes.calm}>
        <strong>{t(changes.compared > 0 ? 'home.week.calm' : 'home.week.tooEarly')}</strong>
        <p className="small">{t(changes.compared > 0 ? 'home.week.calmSay' : 'home.week.tooEarlySay')}</p>
      </div>
    );
  }
  return (
    <>
      {changes.changed.length + changes.vanished.length > 0 && (
        <Scrollable label={t('home.week.title')}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t('home.columns.activity')}</th>
                <th scope="col" className="number">
                  {t('home.week.columns.events')}
                </th>
                <th scope="col">{t('home.week.columns.expected')}</th>
                <th scope="col">{t('home.week.columns.weeks')}</th>
              </tr>
            </thead>
            <tbody>
              {[...changes.vanished, ...changes.changed].map((change) => (
                <Row key={change.activity} change={change} period={period} />
              ))}
            </tbody>
          </table>
        </Scrollable>
      )}
      {changes.new.length > 0 && (
        <>
          <h3>{t('home.week.new')}</h3>
          <ul className={classes.list}>
            {changes.new.map(({ activity, events }) => (
              <li key={activity}>
                <Link to="/journeys" search={{ view: 'paths', start: activity, ...period }}>
                  {activity}
                </Link>
                <span className="small">{t('home.week.events', { count: events, n: format.number(events) })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Row({ change, period }: { change: ActivityChange; period: { from?: string; to?: string } }) {
  const { t } = useTranslation();
  const format = useFormat();
  const direction = change.events === 0 ? 'none' : change.events > change.expected ? 'more' : 'less';
  const range = { low: format.number(change.low), high: format.number(change.high) };
  // In its week there is nothing to see of what did not happen: the map of all time shows where it used to be.
  const search =
    change.events === 0 ? ({ view: 'map' } as const) : ({ view: 'paths', start: change.activity, ...period } as const);
  return (
    <tr>
      <td>
        <Link to="/journeys" search={search}>
          {change.activity}
        </Link>
        <div className="small">{t(`home.week.direction.${direction}`)}</div>
      </td>
      <td className="number">{format.number(change.events)}</td>
      <td>
        {t('home.week.range', range)}
        <div className="small">
          {t(change.is_seasonal ? 'home.week.byYear' : 'home.week.byWeeks', { n: format.number(change.weeks_before) })}
        </div>
      </td>
      <td>
        <Spark
          values={change.weeks}
          low={change.low}
          high={change.high}
          label={t('home.week.spark', { weeks: change.weeks.map((each) => format.number(each)).join(', '), ...range })}
        />
      </td>
    </tr>
  );
}
