import { Button, Chip, Group } from '@mantine/core';
import { useHash } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useScope } from '@/app/scope';
import { useUnitLabel } from '@/features/organisation/queries';
import { EmptyState, LoadingBlock, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './customer.module.css';
import { timelineQuery } from './queries';
import { TimelineEntry } from './timeline-entry';
import { useNames } from './use-names';
import { groupVisits, type Visit } from './visits';

/** Beyond so many pages, an event that an address names is no longer searched for by itself. */
const MOST_PAGES_BACK = 50;

/** What the customer lived, newest visit first, by channel, kind and period; older events come when they are asked for. */
export function Timeline({ id, hasEvents }: { id: string; hasEvents: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind } = useSearch({ from: '/customers/$customer' });
  const scope = useScope();
  const query = useInfiniteQuery(timelineQuery(id, { ...scope, kind: kind === undefined ? undefined : [kind] }));
  const { data, hasNextPage, isFetching, fetchNextPage } = query;
  const events = useMemo(() => data?.pages.flatMap((page) => page.events) ?? [], [data]);
  const visits = useMemo(() => groupVisits(events.toReversed()), [events]);

  // An address that ends in the id of an event shows it, however long ago it was.
  const [hash] = useHash({ getInitialValueInEffect: false });
  const isSought = /^#evt_/.test(hash) && !events.some((event) => `#${event.id}` === hash);
  const pages = data?.pages.length ?? 0;
  useEffect(() => {
    if (isSought && hasNextPage && !isFetching && pages < MOST_PAGES_BACK) void fetchNextPage();
  }, [isSought, hasNextPage, isFetching, pages, fetchNextPage]);

  const first = data?.pages[0];
  if (!hasEvents) {
    return <EmptyState title={t('customers.timeline.emptyTitle')}>{t('customers.timeline.emptySay')}</EmptyState>;
  }
  if (query.isError && !first) return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  if (!first) return <LoadingBlock height={480} />;
  return (
    <section className={classes.timeline}>
      <div className={classes['timeline-head']}>
        <h2>{t('customers.timeline.title')}</h2>
        <span className="small" role="status">
          {t('customers.timeline.events', { count: first.total, n: format.number(first.total) })}
        </span>
      </div>
      <Filters channels={first.channels} kinds={first.kinds} />
      {visits.length === 0 && <NothingChosen />}
      <ol className={`${classes.visits} ${query.isPlaceholderData ? classes.refreshing : ''}`}>
        {visits.map((visit) => (
          // The oldest visit may still grow backwards: its last event stays the same.
          <VisitGroup key={visit.events.at(-1)?.id} visit={visit} />
        ))}
      </ol>
      {query.isFetchNextPageError && <ProblemState error={query.error} onRetry={() => void query.fetchNextPage()} />}
      {hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('customers.timeline.more')}
        </Button>
      )}
    </section>
  );
}

interface Counted {
  name: string;
  events: number;
}

/** What the timeline can be narrowed to: what this customer has, with how much of it. */
function Filters({ channels, kinds }: { channels: readonly Counted[]; kinds: readonly Counted[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const navigate = useNavigate({ from: '/customers/$customer' });
  const { kind } = useSearch({ from: '/customers/$customer' });
  const { channel = [] } = useScope();
  // A channel that was chosen elsewhere and that this customer never used can still be taken away.
  const offered = [
    ...channels.toSorted((a, b) => b.events - a.events),
    ...channel.filter((name) => !channels.some((each) => each.name === name)).map((name) => ({ name, events: 0 })),
  ];
  return (
    <div className={classes.filters}>
      <FilterRow
        name={t('customers.timeline.channel')}
        chosen={channel}
        values={offered.map(({ name, events }) => ({ value: name, label: names.channel(name), events }))}
        onChoose={(chosen) =>
          void navigate({
            search: (before) => ({ ...before, channel: chosen.length > 0 ? chosen : undefined }),
            replace: true,
          })
        }
      />
      {(kinds.length > 1 || kind !== undefined) && (
        <FilterRow
          name={t('customers.timeline.kind')}
          chosen={kind === undefined ? [] : [kind]}
          values={kinds.map(({ name, events }) => ({ value: name, label: names.kind(name), events }))}
          onChoose={(chosen) =>
            void navigate({ search: (before) => ({ ...before, kind: chosen.at(-1) }), replace: true })
          }
        />
      )}
    </div>
  );
}

function FilterRow({
  name,
  chosen,
  values,
  onChoose,
}: {
  name: string;
  chosen: readonly string[];
  values: readonly { value: string; label: string; events: number }[];
  onChoose: (chosen: string[]) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const looks = {
    size: 'xs',
    variant: 'light',
    icon: null,
    classNames: { label: classes.chip, iconWrapper: classes['no-icon'] },
  } as const;
  return (
    <fieldset className={classes['filter-row']}>
      <legend className="visually-hidden">{name}</legend>
      <span className="small" aria-hidden="true">
        {name}
      </span>
      <Group gap={6}>
        <Chip {...looks} checked={chosen.length === 0} onChange={() => onChoose([])}>
          {t('customers.timeline.all')}
        </Chip>
        {values.map(({ value, label, events }) => (
          <Chip
            key={value}
            {...looks}
            checked={chosen.includes(value)}
            onChange={(isOn) => onChoose(isOn ? [...chosen, value] : chosen.filter((each) => each !== value))}
          >
            {label} {format.number(events)}
          </Chip>
        ))}
      </Group>
    </fieldset>
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
