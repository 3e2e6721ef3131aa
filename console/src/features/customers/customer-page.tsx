import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Customer } from '@/api/client';
import { useTitle } from '@/app/use-title';
import { Answer, LoadingBlock, LoadingLines } from '@/ui/states';
import classes from './customer.module.css';
import { Known } from './known';
import { customerQuery, relationQuery } from './queries';
import { Relation } from './relation';
import { Timeline } from './timeline';
import { groupVisits } from './visits';
import { nameOf, Who } from './who';

export function CustomerPage() {
  const { customer: id } = useParams({ from: '/customers/$customer' });
  const query = useQuery(customerQuery(id));
  return (
    <div className="page">
      <Answer query={query} loading={<LoadingLines lines={10} />} isPage>
        {(customer) => <LoadedCustomer customer={customer} />}
      </Answer>
    </div>
  );
}

function LoadedCustomer({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const relation = useQuery(relationQuery(customer.id));
  const events = relation.data?.events;
  const visits = useMemo(() => (events ? groupVisits(events) : null), [events]);
  useTitle(nameOf(customer) ?? `${customer.id} · ${t('customers.title')}`);
  return (
    <div className={classes.layout}>
      <Who customer={customer} visits={visits} />
      <div className={classes.lived}>
        <Answer
          query={relation}
          loading={<LoadingBlock height={180} />}
          isEmpty={({ events: all }) => all.length === 0}
          empty={null}
        >
          {({ isCut }) => visits && <Relation visits={visits} isCut={isCut} />}
        </Answer>
        <Timeline key={customer.id} id={customer.id} hasEvents={customer.events > 0} />
      </div>
      <Known customer={customer} />
    </div>
  );
}
