import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type ExchangeRate } from '@/api/client';
import { useMay } from '@/api/session';
import { useOrganisation } from '@/app/organisation';
import { Scrollable } from '@/ui/scrollable';
import { Answer, EmptyState, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './organisation.module.css';
import { ratesQuery } from './queries';

/** Exchange rates: without them, amounts in other currencies stay apart. */
export function Rates() {
  const { t } = useTranslation();
  const rates = useQuery(ratesQuery);
  const may = useMay()('manage_organisation');
  const currency = useOrganisation()?.currency ?? '';
  return (
    <div className={classes.stack}>
      <p className="muted">{t('organisation.rates.say', { currency })}</p>
      {may && <NewRate currency={currency} />}
      <Answer
        query={rates}
        isEmpty={(found) => found.rates.length === 0}
        empty={<EmptyState title={t('organisation.rates.none')}>{t('organisation.rates.noneSay')}</EmptyState>}
      >
        {(found) => <Table rates={found.rates} isEditable={may} />}
      </Answer>
    </div>
  );
}

function NewRate({ currency }: { currency: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [from, setFrom] = useState('');
  const [since, setSince] = useState('');
  const [rate, setRate] = useState('');
  const add = useMutation({
    mutationFn: () =>
      answer(
        api.PUT('/api/v1/rates/{currency}/{valid_from}', {
          params: { path: { currency: from.trim().toUpperCase(), valid_from: since } },
          // Who writes in Spanish writes a comma.
          body: { rate: rate.trim().replace(',', '.') },
        }),
      ),
    onSuccess: () => {
      setRate('');
      void queries.invalidateQueries();
    },
  });
  return (
    <form
      className={classes.line}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <TextInput
        label={t('organisation.rates.columns.currency')}
        placeholder="MXN"
        value={from}
        maxLength={3}
        required
        onChange={(event) => setFrom(event.currentTarget.value.toUpperCase())}
      />
      <TextInput
        label={t('organisation.rates.columns.since')}
        type="date"
        value={since}
        required
        onChange={(event) => setSince(event.currentTarget.value)}
      />
      <TextInput
        label={t('organisation.rates.worth', { currency })}
        inputMode="decimal"
        value={rate}
        required
        onChange={(event) => setRate(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={add.isPending}>
        {t('organisation.rates.add')}
      </Button>
      {add.isError && <ProblemState error={add.error} isChange />}
    </form>
  );
}

function Table({ rates, isEditable }: { rates: readonly ExchangeRate[]; isEditable: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: async ({ currency, valid_from }: ExchangeRate) => {
      await api.DELETE('/api/v1/rates/{currency}/{valid_from}', { params: { path: { currency, valid_from } } });
    },
    onSuccess: () => void queries.invalidateQueries(),
  });
  const newest = [...rates].sort(
    (a, b) => a.currency.localeCompare(b.currency) || b.valid_from.localeCompare(a.valid_from),
  );
  return (
    <>
      {remove.isError && <ProblemState error={remove.error} isChange />}
      <Scrollable className={`card ${classes.table}`} label={t('organisation.parts.rates')}>
        <table className="plain">
          <thead>
            <tr>
              {(['currency', 'since', 'rate', 'actions'] as const).map((column) => (
                <th key={column} scope="col" className={column === 'rate' ? 'number' : undefined}>
                  {t(`organisation.rates.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {newest.map((each) => (
              <tr key={`${each.reporting_currency} ${each.currency} ${each.valid_from}`}>
                <td>{each.currency}</td>
                <td className={classes.date}>{format.day(each.valid_from)}</td>
                <td className="number">
                  {each.rate} {each.reporting_currency}
                </td>
                <td>
                  {isEditable && (
                    <Button
                      variant="default"
                      size="compact-xs"
                      aria-label={t('organisation.rates.deleteOne', {
                        currency: each.currency,
                        day: format.day(each.valid_from),
                      })}
                      loading={remove.isPending && remove.variables === each}
                      onClick={() => remove.mutate(each)}
                    >
                      {t('organisation.remove')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </>
  );
}
