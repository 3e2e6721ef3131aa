import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundCustomer } from '@/api/client';
import { useTitle } from '@/app/use-title';
import { Icon } from '@/ui/icons';
import { Answer, EmptyState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './customers.module.css';
import { foundCustomersQuery } from './queries';
import { useNames } from './use-names';

export function CustomersPage() {
  const { t } = useTranslation();
  const { q } = useSearch({ from: '/customers' });
  const navigate = useNavigate({ from: '/customers' });
  const [typed, setTyped] = useState(q ?? '');
  useTitle(t('customers.title'));
  // Going back in the browser's history shows what was searched for then.
  useEffect(() => setTyped(q ?? ''), [q]);
  return (
    <div className="page">
      <h1>{t('customers.title')}</h1>
      <form
        className={classes.search}
        onSubmit={(event) => {
          event.preventDefault();
          void navigate({ search: (before) => ({ ...before, q: typed.trim() || undefined }) });
        }}
      >
        <TextInput
          type="search"
          size="md"
          className={classes.field}
          aria-label={t('customers.search.label')}
          placeholder={t('customers.search.placeholder')}
          leftSection={<Icon name="search" />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
        <Button type="submit" size="md" fz={14}>
          {t('customers.search.submit')}
        </Button>
      </form>
      {q ? (
        <Found q={q} />
      ) : (
        <EmptyState title={t('customers.search.startTitle')}>
          {t('customers.search.startSay', { example: 'cus_1' })}
        </EmptyState>
      )}
    </div>
  );
}

function Found({ q }: { q: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery(foundCustomersQuery(q));
  return (
    <Answer
      query={query}
      isEmpty={({ customers }) => customers.length === 0}
      empty={<EmptyState title={t('customers.search.noneTitle')}>{t('customers.search.noneSay', { q })}</EmptyState>}
    >
      {({ customers }) => (
        <section className={classes.found}>
          <p className="small" role="status">
            {t('customers.search.found', { count: customers.length, n: format.number(customers.length) })}
          </p>
          <ul className={`card ${classes.list}`}>
            {customers.map((customer) => (
              <FoundRow key={customer.id} customer={customer} />
            ))}
          </ul>
        </section>
      )}
    </Answer>
  );
}

function FoundRow({ customer }: { customer: FoundCustomer }) {
  const names = useNames();
  return (
    <li>
      <Link to="/customers/$customer" params={{ customer: customer.id }} className={classes.row}>
        <span className={classes.id}>{customer.id}</span>
        <span className={classes.known}>
          {customer.identifiers.map((identifier) => (
            <span key={identifier.node}>
              <span className="muted">{names.identifier(identifier.kind)}</span> {identifier.value}
            </span>
          ))}
        </span>
        <Icon name="right" size={14} />
      </Link>
    </li>
  );
}
