import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LiveState, useLive } from '@/api/live';
import { Scrollable } from '@/ui/scrollable';
import { EmptyState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { LiveSign } from './live-sign';
import classes from './sources.module.css';

/** The last events while they arrive, to see whether a system that was just connected really sends. */
export function Live() {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const now = useLive();
  const [held, setHeld] = useState<LiveState | null>(null);
  const shown = held ?? now;
  const count = shown.counts?.received;
  useEffect(() => {
    if (count !== undefined) void queries.invalidateQueries({ queryKey: ['events', 'count'] });
  }, [count, queries]);
  return (
    <div className={classes.stack}>
      <p className="muted">{t('collect.live.say')}</p>
      <div className={classes.bar}>
        <LiveSign status={now.status} isPaused={held !== null} />
        <Button variant="default" size="xs" aria-pressed={held !== null} onClick={() => setHeld(held ? null : now)}>
          {held ? t('collect.live.resume') : t('collect.live.pause')}
        </Button>
      </div>
      {shown.counts && (
        <p className="small">
          {t('collect.live.counts', {
            received: format.number(shown.counts.received),
            stored: format.number(shown.counts.stored),
            duplicate: format.number(shown.counts.duplicate),
            dead: format.number(shown.counts.dead),
          })}
          {shown.leftOut > 0 && ` ${t('collect.live.leftOut', { n: format.number(shown.leftOut) })}`}
        </p>
      )}
      {shown.events.length === 0 ? (
        <EmptyState title={t('collect.live.none')}>{t('collect.live.noneSay')}</EmptyState>
      ) : (
        <Scrollable className={`card ${classes.table}`} label={t('collect.live.table')}>
          <table className="plain">
            <thead>
              <tr>
                {(['arrived', 'activity', 'channel', 'source', 'customer', 'occurred'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`collect.live.columns.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.events.map((event) => (
                <tr key={event.id}>
                  <td className={classes.date}>{format.moment(event.received_at, 'timeExact')}</td>
                  <td>{event.activity ?? <span className="muted">{event.kind}</span>}</td>
                  <td>{event.channel ?? '–'}</td>
                  <td>{event.source}</td>
                  <td>
                    <Link to="/customers/$customer" params={{ customer: event.customer }}>
                      {event.customer}
                    </Link>
                  </td>
                  <td className={classes.date}>{format.moment(event.occurred_at)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrollable>
      )}
    </div>
  );
}
