import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTitle } from '@/app/use-title';
import { Icon } from '@/ui/icons';
import { EmptyState, LoadingLines, ProblemState } from '@/ui/states';
import { CustomerRows } from './customer-rows';
import classes from './customers.module.css';
import { customersQuery } from './queries';

const PAUSE_MS = 250;

/** All customers, and those that what is typed leads to while it is typed. */
export function CustomersPage() {
  const { t } = useTranslation();
  const { q } = useSearch({ from: '/customers' });
  const navigate = useNavigate({ from: '/customers' });
  const [typed, setTyped] = useState(q ?? '');
  const results = useRef<HTMLDivElement>(null);
  useTitle(t('customers.title'));

  const asked = useRef(q);
  const search = (text: string, isStep: boolean) => {
    asked.current = text.trim() || undefined;
    void navigate({ search: (before) => ({ ...before, q: asked.current }), replace: !isStep });
  };
  const searchSoon = useDebouncedCallback((text: string) => search(text, false), PAUSE_MS);

  // Going back in the browser's history shows what was searched for then; what is being typed is left alone.
  useEffect(() => {
    if (q === asked.current) return;
    asked.current = q;
    setTyped(q ?? '');
  }, [q]);

  return (
    <div className="page">
      <h1>{t('customers.title')}</h1>
      <search>
        <form
          className={classes.search}
          onSubmit={(event) => {
            event.preventDefault();
            search(typed, true);
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
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              searchSoon(event.currentTarget.value);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown') return;
              event.preventDefault();
              results.current?.querySelector('a')?.focus();
            }}
            data-autofocus
          />
        </form>
      </search>
      <div ref={results}>
        <Found q={q} />
      </div>
    </div>
  );
}

function Found({ q }: { q: string | undefined }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(customersQuery(q));
  const customers = query.data?.pages.flatMap((page) => page.customers) ?? [];
  const isPartial = query.data?.pages.some((page) => page.is_partial) ?? false;
  if (query.isError && customers.length === 0)
    return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <LoadingLines lines={10} />;
  if (customers.length === 0 && q !== undefined)
    return <EmptyState title={t('customers.search.noneTitle')}>{t('customers.search.noneSay', { q })}</EmptyState>;
  if (customers.length === 0)
    return (
      <EmptyState
        title={t('customers.list.emptyTitle')}
        action={
          <Link to="/settings/sources" search={{ tab: 'connect' }}>
            {t('customers.list.connect')}
          </Link>
        }
      >
        {t('customers.list.emptySay')}
      </EmptyState>
    );
  return (
    <div className={query.isPlaceholderData ? classes.refreshing : undefined}>
      <p className={`small ${classes.order}`} role="status">
        {q === undefined ? t('customers.list.newest') : t('customers.list.best', { q })}
        {isPartial && ` ${t('customers.list.partial')}`}
      </p>
      <CustomerRows
        label={t('customers.title')}
        customers={customers}
        more={
          query.hasNextPage
            ? { isLoading: query.isFetchingNextPage, error: query.error, onLoad: () => void query.fetchNextPage() }
            : null
        }
      />
    </div>
  );
}
