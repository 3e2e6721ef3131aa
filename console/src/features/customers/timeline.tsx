import { Button, Chip, Group } from '@mantine/core';
import { useHash } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineEvent } from '@/api/client';
import { today } from '@/app/period';
import { usePeriod } from '@/app/period-picker';
import { useUnitLabel } from '@/features/organisation/queries';
import { EmptyState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './customer.module.css';
import { TimelineEntry } from './timeline-entry';
import { useNames } from './use-names';
import { groupVisits, type Visit } from './visits';

const FIRST_VISITS = 20;
const NO_CHANNEL = '-';

/** Everything that the customer lived, newest visit first. */
export function Timeline({ events, isCut }: { events: readonly TimelineEvent[]; isCut: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { channel, kind } = useSearch({ from: '/customers/$customer' });
  const { from, to } = usePeriod();
  const [shown, setShown] = useState(FIRST_VISITS);

  const chosen = useMemo(
    () =>
      events.filter((event) => {
        if (channel !== undefined && (event.channel ?? NO_CHANNEL) !== channel) return false;
        if (kind !== undefined && event.kind !== kind) return false;
        if (from === undefined && to === undefined) return true;
        const day = today(format.timeZone, Date.parse(event.occurred_at));
        return (from === undefined || day >= from) && (to === undefined || day < to);
      }),
    [events, channel, kind, from, to, format.timeZone],
  );
  const visits = useMemo(() => groupVisits(chosen), [chosen]);

  // An address that ends in the id of an event shows it, however long ago it was.
  const [hash] = useHash({ getInitialValueInEffect: false });
  useEffect(() => {
    const named = visits.findIndex((visit) => visit.events.some((event) => `#${event.id}` === hash));
    setShown((count) => Math.max(count, named + 1));
  }, [hash, visits]);

  if (events.length === 0) {
    return <EmptyState title={t('customers.timeline.emptyTitle')}>{t('customers.timeline.emptySay')}</EmptyState>;
  }
  return (
    <section className={classes.timeline}>
      <div className={classes['timeline-head']}>
        <h2>{t('customers.timeline.title')}</h2>
        <span className="small" role="status">
          {t('customers.timeline.events', { count: chosen.length, n: format.number(chosen.length) })}
        </span>
      </div>
      <Filters events={events} />
      {isCut && <p className="small">{t('customers.timeline.cut', { n: format.number(events.length) })}</p>}
      {visits.length === 0 && <NothingChosen />}
      <ol className={classes.visits}>
        {visits.slice(0, shown).map((visit) => (
          <VisitGroup key={visit.events[0]?.id} visit={visit} />
        ))}
      </ol>
      {visits.length > shown && (
        <Button variant="default" onClick={() => setShown((count) => count + 3 * FIRST_VISITS)}>
          {t('customers.timeline.more')}
        </Button>
      )}
    </section>
  );
}

function useFilter() {
  const navigate = useNavigate({ from: '/customers/$customer' });
  return (change: { channel?: string; kind?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
}

function Filters({ events }: { events: readonly TimelineEvent[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const { channel, kind } = useSearch({ from: '/customers/$customer' });
  const filter = useFilter();
  const channels = [...Map.groupBy(events, (event) => event.channel ?? NO_CHANNEL)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  const kinds = [...new Set(events.map((event) => event.kind))];
  return (
    <div className={classes.filters}>
      <FilterRow
        name={t('customers.timeline.channel')}
        chosen={channel}
        values={channels.map(([value]) => ({ value, label: names.channel(value === NO_CHANNEL ? null : value) }))}
        onChoose={(value) => filter({ channel: value })}
      />
      {kinds.length > 1 && (
        <FilterRow
          name={t('customers.timeline.kind')}
          chosen={kind}
          values={kinds.map((value) => ({ value, label: names.kind(value) }))}
          onChoose={(value) => filter({ kind: value })}
        />
      )}
    </div>
  );
}

const EVERYTHING = '';

function FilterRow({
  name,
  chosen,
  values,
  onChoose,
}: {
  name: string;
  chosen: string | undefined;
  values: readonly { value: string; label: string }[];
  onChoose: (value: string | undefined) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={classes['filter-row']} role="radiogroup" aria-label={name}>
      <span className="small" aria-hidden="true">
        {name}
      </span>
      <Chip.Group
        value={chosen ?? EVERYTHING}
        onChange={(value) => onChoose(value === EVERYTHING ? undefined : String(value))}
      >
        <Group gap={6}>
          {[{ value: EVERYTHING, label: t('customers.timeline.all') }, ...values].map(({ value, label }) => (
            <Chip
              key={value}
              value={value}
              size="xs"
              variant="light"
              icon={null}
              classNames={{ label: classes.chip, iconWrapper: classes['no-icon'] }}
            >
              {label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </div>
  );
}

function NothingChosen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <EmptyState
      title={t('customers.timeline.noneTitle')}
      action={
        <Button
          variant="default"
          onClick={() =>
            void navigate({
              to: '.',
              search: (before: object) => ({
                ...before,
                channel: undefined,
                kind: undefined,
                from: undefined,
                to: undefined,
              }),
            })
          }
        >
          {t('customers.timeline.clear')}
        </Button>
      }
    >
      {t('customers.timeline.noneSay')}
    </EmptyState>
  );
}

function VisitGroup({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const labelOf = useUnitLabel();
  const channel = names.channel(visit.channel);
  const length = visit.endedAt - visit.startedAt;
  return (
    <li className={classes.visit}>
      <h3 className={classes['visit-head']}>
        {format.moment(visit.startedAt, 'weekday')}
        <span className="muted">
          {visit.unit
            ? t('customers.timeline.at', { channel, unit: labelOf(visit.unit) })
            : t('customers.timeline.visit', { channel })}
          {length >= 60_000 && ` · ${format.duration(length)}`}
        </span>
      </h3>
      <ul className={classes.entries}>
        {visit.events.map((event) => (
          <TimelineEntry key={event.id} event={event} />
        ))}
      </ul>
    </li>
  );
}
