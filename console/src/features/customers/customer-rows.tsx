import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerRow } from '@/api/client';
import { Icon } from '@/ui/icons';
import { ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './customers.module.css';
import { useNames } from './use-names';

export interface MoreRows {
  isLoading: boolean;
  error: unknown;
  onLoad: () => void;
}

/** Customers, each a link; the arrow keys go from one to the next. */
export function CustomerRows({
  label,
  customers,
  more,
  total,
}: {
  label: string;
  customers: readonly CustomerRow[];
  /** Loads further ones; none when there are no more. */
  more: MoreRows | null;
  /** How many there are in all, when that is known. */
  total?: number;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useRef<HTMLUListElement>(null);

  function handleKey(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const rows = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a') ?? [])];
    const next = rows[rows.indexOf(document.activeElement as HTMLAnchorElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  return (
    <div className={classes.found}>
      <ul ref={list} className={`card ${classes.list}`} aria-label={label} onKeyDown={handleKey}>
        {customers.map((customer) => (
          <Row key={customer.id} customer={customer} />
        ))}
      </ul>
      {more !== null && Boolean(more.error) && <ProblemState error={more.error} onRetry={more.onLoad} />}
      <div className={classes.foot}>
        {more && !more.error && (
          <Button variant="default" size="xs" loading={more.isLoading} onClick={more.onLoad}>
            {t('customers.list.more')}
          </Button>
        )}
        {total !== undefined && customers.length < total && (
          <span className="small" role="status">
            {t('customers.list.shown', { n: format.number(customers.length), total: format.number(total) })}
          </span>
        )}
      </div>
    </div>
  );
}

const SHOWN_IDENTIFIERS = 3;

function Row({ customer }: { customer: CustomerRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const last = customer.last_activity_at;
  return (
    <li>
      <Link to="/customers/$customer" params={{ customer: customer.id }} className={classes.row}>
        <span className={classes.who}>
          <span className={classes.name}>{customer.name ?? customer.id}</span>
          {customer.name && <span className="small">{customer.id}</span>}
        </span>
        <span className={classes.known}>
          {customer.identifiers.slice(0, SHOWN_IDENTIFIERS).map((identifier) => (
            <span key={identifier.node}>
              <span className="muted">{names.identifier(identifier.kind)}</span> {identifier.value}
            </span>
          ))}
        </span>
        <span className={classes.activity}>
          <span>
            {t('customers.list.activities', { count: customer.activities, n: format.number(customer.activities) })}
          </span>
          <span className="small">{last ? format.ago(last) : t('customers.list.never')}</span>
        </span>
        <Icon name="right" size={14} />
      </Link>
    </li>
  );
}
