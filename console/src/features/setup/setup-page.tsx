import { Button, PasswordInput, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { enterBy } from '@/api/session';
import { Doorway } from '@/app/doorway';
import classes from '@/app/sign-in.module.css';
import { useTitle } from '@/app/use-title';
import { LoadingLines, ProblemState } from '@/ui/states';
import { readToken } from './fragment';

const WEEK_STARTS = ['monday', 'sunday', 'saturday'] as const;
const CURRENCIES = ['EUR', 'MXN', 'COP', 'ARS', 'CLP', 'PEN', 'USD', 'GBP', 'BRL'];

/** The first page of all: the organisation and its first owner. */
export function SetupPage() {
  const { t } = useTranslation();
  useTitle(t('setup.title'));
  const state = useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/setup', { signal })),
    retry: false,
  });
  const token = readToken(window.location.hash);
  if (state.isPending)
    return (
      <Doorway title={t('setup.title')}>
        <LoadingLines />
      </Doorway>
    );
  if (state.isError || token === '')
    return (
      <Doorway title={t(state.isError ? 'setup.done.title' : 'setup.noToken.title')}>
        <p className="muted">{t(state.isError ? 'setup.done.say' : 'setup.noToken.say')}</p>
        <a href="/">{t('setup.done.signIn')}</a>
      </Doorway>
    );
  return (
    <Doorway title={t('setup.title')}>
      <p className="muted">{t('setup.say')}</p>
      <FirstSteps token={token} />
    </Doorway>
  );
}

function FirstSteps({ token }: { token: string }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [form, setForm] = useState({
    organisation: '',
    time_zone: here,
    week_start: 'monday',
    currency: 'EUR',
    name: '',
    email: '',
    password: '',
  });
  const set = (name: keyof typeof form) => (value: string | null) => setForm({ ...form, [name]: value ?? '' });
  const begin = useMutation({
    mutationFn: () =>
      enterBy('/api/v1/setup', {
        token,
        name: form.name,
        email: form.email,
        password: form.password,
        organisation: {
          name: form.organisation,
          time_zone: form.time_zone,
          week_start: form.week_start,
          currency: form.currency,
          language: i18n.language === 'en' ? 'en' : 'es',
        },
      }),
    onSuccess: () => navigate({ to: '/', replace: true }),
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        begin.mutate();
      }}
    >
      <TextInput
        label={t('setup.organisation')}
        value={form.organisation}
        onChange={(event) => set('organisation')(event.currentTarget.value)}
        autoComplete="organization"
        required
        withAsterisk={false}
      />
      <Select
        label={t('setup.timeZone')}
        description={t('setup.timeZoneHelp')}
        data={
          Intl.supportedValuesOf('timeZone').includes(here)
            ? Intl.supportedValuesOf('timeZone')
            : [here, ...Intl.supportedValuesOf('timeZone')]
        }
        value={form.time_zone}
        onChange={set('time_zone')}
        searchable
        limit={60}
        allowDeselect={false}
      />
      <div className={classes.pair}>
        <Select
          label={t('setup.weekStart')}
          data={WEEK_STARTS.map((value) => ({ value, label: t(`setup.days.${value}`) }))}
          value={form.week_start}
          onChange={set('week_start')}
          allowDeselect={false}
        />
        <Select
          label={t('setup.currency')}
          data={CURRENCIES}
          value={form.currency}
          onChange={set('currency')}
          searchable
          allowDeselect={false}
        />
      </div>
      <TextInput
        label={t('setup.name')}
        value={form.name}
        onChange={(event) => set('name')(event.currentTarget.value)}
        autoComplete="name"
        required
        withAsterisk={false}
      />
      <TextInput
        type="email"
        label={t('frame.signIn.email')}
        value={form.email}
        onChange={(event) => set('email')(event.currentTarget.value)}
        autoComplete="username"
        required
        withAsterisk={false}
      />
      <PasswordInput
        label={t('frame.signIn.password')}
        description={t('people.password.rule')}
        value={form.password}
        onChange={(event) => set('password')(event.currentTarget.value)}
        autoComplete="new-password"
        minLength={12}
        maxLength={256}
        required
        withAsterisk={false}
      />
      {begin.isError && <ProblemState error={begin.error} isChange />}
      <Button type="submit" loading={begin.isPending}>
        {t('setup.begin')}
      </Button>
    </form>
  );
}
