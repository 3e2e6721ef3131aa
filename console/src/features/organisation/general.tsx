import { Button, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Organisation } from '@/api/client';
import { useMay } from '@/api/session';
import { organisationQuery } from '@/app/organisation';
import { Answer, ProblemState } from '@/ui/states';
import classes from './organisation.module.css';

const WEEK_STARTS = ['monday', 'sunday', 'saturday'] as const;

/** How the organisation is called and counts days and money. */
export function General() {
  const organisation = useQuery(organisationQuery);
  return <Answer query={organisation}>{(found) => <Form key={JSON.stringify(found)} saved={found} />}</Answer>;
}

function Form({ saved }: { saved: Organisation }) {
  const { t } = useTranslation();
  const may = useMay()('manage_organisation');
  const queries = useQueryClient();
  const [wanted, setWanted] = useState(saved);
  const save = useMutation({
    mutationFn: () => answer(api.PATCH('/api/v1/organisation', { body: wanted })),
    onSuccess: () => {
      notifications.show({ message: t('organisation.general.saved') });
      // Days, weeks and sums of every answer depend on it.
      void queries.invalidateQueries();
    },
  });
  const change = (next: Partial<Organisation>) => setWanted((before) => ({ ...before, ...next }));
  const isChanged = JSON.stringify(wanted) !== JSON.stringify(saved);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextInput
        label={t('organisation.general.name')}
        value={wanted.name}
        maxLength={200}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Select
        label={t('organisation.general.zone')}
        description={t('organisation.general.zoneHelp')}
        data={[...new Set([saved.time_zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])]}
        value={wanted.time_zone}
        onChange={(zone) => zone && change({ time_zone: zone })}
        searchable
        limit={50}
        nothingFoundMessage={t('organisation.nothingFound')}
        allowDeselect={false}
      />
      <Select
        label={t('organisation.general.week')}
        data={WEEK_STARTS.map((value) => ({ value, label: t(`organisation.general.weeks.${value}`) }))}
        value={wanted.week_start}
        onChange={(start) => start && change({ week_start: start })}
        allowDeselect={false}
      />
      <TextInput
        label={t('organisation.general.currency')}
        description={t('organisation.general.currencyHelp')}
        value={wanted.currency}
        maxLength={3}
        onChange={(event) => change({ currency: event.currentTarget.value.toUpperCase() })}
      />
      <Select
        label={t('organisation.general.language')}
        description={t('organisation.general.languageHelp')}
        data={[
          { value: 'es', label: t('frame.languages.es') },
          { value: 'en', label: t('frame.languages.en') },
        ]}
        value={wanted.language}
        onChange={(language) => language && change({ language })}
        allowDeselect={false}
      />
      {save.isError && <ProblemState error={save.error} isChange />}
      <div className={classes.actions} hidden={!may}>
        <Button type="submit" disabled={!isChanged || !may} loading={save.isPending}>
          {t('organisation.save')}
        </Button>
        {isChanged && (
          <Button variant="default" onClick={() => setWanted(saved)}>
            {t('frame.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
