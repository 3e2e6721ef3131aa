import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ProcessMap } from '@/api/client';
import { useMay } from '@/api/session';
import { useOrganisation } from '@/app/organisation';
import { addDays, type Period, today } from '@/app/period';
import { useTitle } from '@/app/use-title';
import { mapQuery } from '@/features/journeys/queries';
import { PhraseChoice } from '@/ui/phrase-choice';
import { Answer, EmptyState, LoadingBlock } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { type Changes, changesOf } from './changes';
import { DataHealth } from './data-health';
import classes from './home.module.css';
import { SavedFunnels } from './saved-funnels';
import { DEFAULT_SPAN, SPANS, type Span } from './search-params';
import { Findings, SourcesHealth } from './sources-health';
import { WeekChanges } from './week-changes';

const EVERYTHING: Period = {};

export function HomePage() {
  const { t } = useTranslation();
  const organisation = useOrganisation();
  const everything = useQuery(mapQuery(EVERYTHING, { medians: false }));
  useTitle(t('home.title'));
  return (
    <div className="page">
      <div>
        <h1>{organisation?.name ?? t('home.title')}</h1>
        {everything.data && everything.data.over.events > 0 && <SoFar map={everything.data} />}
      </div>
      <Answer
        query={everything}
        loading={<LoadingBlock height={360} />}
        isEmpty={(map) => map.over.events === 0}
        empty={<NothingYet />}
      >
        {() => (
          <>
            <WeekChanges />
            <SavedFunnels />
            <WhatChanged />
          </>
        )}
      </Answer>
    </div>
  );
}

function SoFar({ map }: { map: ProcessMap }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <p className="muted">
      {t('home.sofar', {
        customers: format.number(map.over.customers),
        events: format.number(map.over.events),
        activities: format.number(map.nodes.length),
      })}
    </p>
  );
}

function NothingYet() {
  const { t } = useTranslation();
  return (
    <EmptyState
      title={t('home.emptyTitle')}
      action={
        <>
          <Link to="/settings/sources" search={{ tab: 'connect' }}>
            {t('home.connect')}
          </Link>
          <Link to="/settings/sources" search={{ tab: 'import' }}>
            {t('home.import')}
          </Link>
        </>
      }
    >
      {t('home.emptySay')}
    </EmptyState>
  );
}

function WhatChanged() {
  const { t } = useTranslation();
  const may = useMay();
  const format = useFormat();
  const { days = DEFAULT_SPAN } = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const handleDays = (chosen: Span) =>
    void navigate({ search: (before) => ({ ...before, days: chosen }), replace: true });

  const tomorrow = addDays(today(format.timeZone), 1);
  const start = addDays(tomorrow, -days);
  const now = useQuery(mapQuery({ from: start, to: tomorrow }, { medians: false }));
  const before = useQuery(mapQuery({ from: addDays(start, -days), to: start }, { medians: false }));
  const everBefore = useQuery(mapQuery({ to: start }, { medians: false }));
  const longer = SPANS.find((span) => span > days);

  return (
    <>
      <div className={classes.sentence}>
        <span>{t('home.changed')}</span>
        <PhraseChoice
          label={t('home.daysLabel')}
          chosen={days}
          values={SPANS.map((value) => ({ value, text: t(`home.days.${value}`) }))}
          onChoose={handleDays}
        />
      </div>
      <div className={classes.columns}>
        <Answer
          query={now}
          loading={<LoadingBlock height={360} />}
          isEmpty={(map) => map.over.events === 0}
          empty={
            <div className="card">
              <EmptyState
                title={t('home.quietTitle', { days: t(`home.days.${days}`) })}
                action={
                  longer && (
                    <button type="button" className={classes.link} onClick={() => handleDays(longer)}>
                      {t('home.longer', { days: t(`home.days.${longer}`) })}
                    </button>
                  )
                }
              >
                {t('home.quietSay')}
              </EmptyState>
            </div>
          }
        >
          {(present) =>
            before.data && everBefore.data ? (
              <ChangesCards map={present} changes={changesOf(present, before.data, everBefore.data)} days={days} />
            ) : (
              <LoadingBlock height={360} />
            )
          }
        </Answer>
        <div className={classes.stack}>
          {may('read_events') && <DataHealth />}
          {may('read_events') && <SourcesHealth />}
          {may('read_events') && <Findings />}
        </div>
      </div>
    </>
  );
}

function ChangesCards({ map, changes, days }: { map: ProcessMap; changes: Changes; days: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={classes.stack}>
      <section className={`card ${classes.card}`}>
        <div className={classes.figures}>
          {(['customers', 'events'] as const).map((figure) => (
            <div key={figure}>
              <div className={classes.figure}>{format.number(map.over[figure])}</div>
              <div className="small">{t(`home.${figure}`, { count: map.over[figure] })}</div>
              <div className={classes.change}>
                <Change change={changes[figure]} />
              </div>
            </div>
          ))}
        </div>
        <p className="small">{t('home.against', { days: format.number(days) })}</p>
      </section>
      <section className={`card ${classes.card}`}>
        <h2>{t('home.most')}</h2>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t('home.columns.activity')}</th>
              <th scope="col" className="number">
                {t('home.columns.customers')}
              </th>
              <th scope="col" className="number">
                {t('home.columns.change')}
              </th>
            </tr>
          </thead>
          <tbody>
            {changes.most.map(({ activity, customers, change }) => (
              <tr key={activity}>
                <td>
                  <Link to="/journeys" search={{ view: 'paths', start: activity }}>
                    {activity}
                  </Link>
                </td>
                <td className="number">{format.number(customers)}</td>
                <td className="number muted">{change === null ? t('home.new') : signed(change, format.share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className={classes.pair}>
        <ActivityList
          title={t('home.fresh')}
          say={t('home.freshSay')}
          none={t('home.freshNone')}
          activities={changes.fresh}
        />
        <ActivityList
          title={t('home.gone')}
          say={t('home.goneSay')}
          none={t('home.goneNone')}
          activities={changes.gone}
        />
      </div>
    </div>
  );
}

const SAME = 0.0005;

function signed(change: number, share: (value: number) => string): string {
  if (Math.abs(change) < SAME) return share(0);
  return `${change > 0 ? '+' : '−'}${share(Math.abs(change))}`;
}

function Change({ change }: { change: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (change === null) return t('home.nothingBefore');
  if (Math.abs(change) < SAME) return t('home.same');
  return t(change > 0 ? 'home.more' : 'home.less', { share: format.share(Math.abs(change)) });
}

const SHOWN = 6;

function ActivityList({
  title,
  say,
  none,
  activities,
}: {
  title: string;
  say: string;
  none: string;
  activities: readonly { activity: string; customers: number }[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className={`card ${classes.card}`}>
      <h2>{title}</h2>
      <p className="small">{activities.length === 0 ? none : say}</p>
      <ul className={classes.list}>
        {activities.slice(0, SHOWN).map(({ activity, customers }) => (
          <li key={activity}>
            <Link to="/journeys" search={{ view: 'paths', start: activity }}>
              {activity}
            </Link>
            <span className="small">
              {t('journeys.map.customers', { count: customers, n: format.number(customers) })}
            </span>
          </li>
        ))}
      </ul>
      {activities.length > SHOWN && (
        <p className="small">
          {t('customers.identifiers.more', { count: activities.length - SHOWN, n: activities.length - SHOWN })}
        </p>
      )}
    </section>
  );
}
