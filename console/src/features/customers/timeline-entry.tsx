import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineEvent } from '@/api/client';
import { useFormat } from '@/ui/use-format';
import classes from './customer.module.css';
import { summaryOf, valueText, waitOf } from './summary';
import { useNames } from './use-names';

/** One event: a line that opens in place. An address that ends in the event's id opens it too. */
export function TimelineEntry({ event }: { event: TimelineEvent }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const [isOpen, setOpen] = useState(() => window.location.hash === `#${event.id}`);
  const entry = useRef<HTMLLIElement>(null);
  const detail = useId();
  const wait = waitOf(event);
  const cause = useCause(event);

  useEffect(() => {
    function handleHash() {
      if (window.location.hash !== `#${event.id}`) return;
      setOpen(true);
      entry.current?.scrollIntoView({ block: 'center' });
    }
    handleHash();
    window.addEventListener('hashchange', handleHash);
    return () => window.removeEventListener('hashchange', handleHash);
  }, [event.id]);

  return (
    <li ref={entry} id={event.id} className={classes.entry}>
      <button
        type="button"
        className={classes.line}
        aria-expanded={isOpen}
        aria-controls={detail}
        onClick={() => setOpen((open) => !open)}
        data-look="event"
      >
        <time dateTime={event.occurred_at}>{format.moment(event.occurred_at, 'time')}</time>
        <span className={classes.what}>
          <span className={event.activity ? undefined : 'muted'}>{event.activity ?? names.kind(event.kind)}</span>
          <span className="muted">{summaryOf(event)}</span>
          {cause && <span className="muted">{cause}</span>}
        </span>
        <span className={classes.amount}>
          {event.amount
            ? format.money(event.amount.minor, event.amount.currency)
            : wait !== null && (
                <span className="muted">{t('customers.timeline.waited', { duration: format.duration(wait) })}</span>
              )}
        </span>
      </button>
      <div id={detail} hidden={!isOpen}>
        {isOpen && <EntryDetail event={event} />}
      </div>
    </li>
  );
}

/** What led to the event, with its day; nothing where that is not known. */
function useCause({ caused_by: cause }: TimelineEvent): string | null {
  const { t } = useTranslation();
  const format = useFormat();
  if (!cause) return null;
  const what = cause.activity ?? cause.id;
  return t('customers.timeline.because', { what, when: format.moment(cause.occurred_at, 'date') });
}

function EntryDetail({ event }: { event: TimelineEvent }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = { yes: t('customers.traits.yes'), no: t('customers.traits.no') };
  const causeOf = (cause: NonNullable<TimelineEvent['caused_by']>) =>
    [cause.activity ?? cause.id, cause.channel, format.moment(cause.occurred_at)].filter(Boolean).join(' · ');
  const properties =
    typeof event.properties === 'object' && event.properties !== null
      ? Object.entries(event.properties as Record<string, unknown>)
      : [];
  const facts: [string, string][] = [
    [t('customers.timeline.event.occurred'), format.moment(event.occurred_at)],
    [t('customers.timeline.event.received'), format.moment(event.received_at)],
    [t('customers.timeline.event.source'), event.source],
    ...(event.caused_by ? [[t('customers.timeline.event.cause'), causeOf(event.caused_by)] as [string, string]] : []),
    ...(event.unit ? [[t('customers.timeline.event.unit'), event.unit] as [string, string]] : []),
    ...(event.objects.length > 0
      ? [[t('customers.timeline.event.objects'), event.objects.join(', ')] as [string, string]]
      : []),
    [t('customers.timeline.event.id'), event.id],
  ];
  return (
    <div className={classes.detail}>
      <dl>
        {properties.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{valueText(value, words)}</dd>
          </div>
        ))}
      </dl>
      <dl className={classes.meta}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
