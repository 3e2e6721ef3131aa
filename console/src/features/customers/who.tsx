import { useTranslation } from 'react-i18next';
import type { Amounts, Customer } from '@/api/client';
import { Help } from '@/ui/help';
import { useFormat } from '@/ui/use-format';
import classes from './customer.module.css';
import type { Visit } from './visits';

/** The name that the customer gave, when one is known. */
export function nameOf(customer: Customer): string | null {
  const trait = (name: string) => {
    const value = customer.traits.find((each) => each.name === name)?.value;
    return typeof value === 'string' && value.trim() !== '' ? value : null;
  };
  const parts = [trait('first_name') ?? trait('firstName'), trait('last_name') ?? trait('lastName')].filter(Boolean);
  return trait('name') ?? (parts.length > 0 ? parts.join(' ') : null);
}

export function Who({ customer, visits }: { customer: Customer; visits: readonly Visit[] | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = nameOf(customer);
  const rhythm = visits ? rhythmOf(visits) : null;
  return (
    <header className={classes.who}>
      <div>
        <h1>{name ?? customer.id}</h1>
        <p className="small">
          {name && `${customer.id} · `}
          {customer.first_event_at &&
            t('customers.figures.since', { month: format.moment(customer.first_event_at, 'monthYear') })}
        </p>
      </div>
      <div className={classes.figures}>
        <Spent customer={customer} />
        {visits && (
          <div>
            <div className={classes.figure}>{format.number(visits.length)}</div>
            <div className="small">
              {t('customers.figures.visits')}
              <Help term="visit" />
            </div>
            {rhythm !== null && (
              <div className="small">{t('customers.figures.every', { duration: format.duration(rhythm) })}</div>
            )}
          </div>
        )}
        <div>
          <div className={classes.figure}>{format.number(customer.events)}</div>
          <div className="small">{t('customers.figures.events')}</div>
        </div>
      </div>
    </header>
  );
}

/** What the customer spent, in the organisation's currency; what no rate leads to it stays apart, in its own. */
function Spent({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { total, left_out } = customer.value;
  const spentOf = ({ revenue_minor, refunds_minor, currency }: Amounts) =>
    format.money(revenue_minor - refunds_minor, currency);
  const apart = left_out.filter((amounts) => amounts.events > 0);
  if (total.events === 0 && apart.length === 0) return null;
  return (
    <div>
      <div className={classes.figure}>{spentOf(total)}</div>
      <div className="small">{t('customers.figures.spent')}</div>
      {total.refunds_minor > 0 && (
        <div className="small">
          {t('customers.figures.net', { refunded: format.money(total.refunds_minor, total.currency) })}
        </div>
      )}
      {apart.map((amounts) => (
        <div key={amounts.currency} className="small">
          {t('customers.figures.apart', { amount: spentOf(amounts) })}
        </div>
      ))}
    </div>
  );
}

const FEW_VISITS = 4;

/** How long from visit to visit on average; too few visits have no rhythm. */
function rhythmOf(visits: readonly Visit[]): number | null {
  const newest = visits[0];
  const oldest = visits.at(-1);
  if (!newest || !oldest || visits.length < FEW_VISITS) return null;
  return (newest.startedAt - oldest.startedAt) / (visits.length - 1);
}
