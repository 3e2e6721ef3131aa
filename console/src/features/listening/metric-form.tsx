import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Metric } from '@/api/client';
import { ProblemState } from '@/ui/states';
import classes from './forms.module.css';
import { draftOf, FORMULAS, type Formula, type MetricDraft, readDraft } from './metric-draft';

/** Defines a metric, with the example that is its test. */
export function MetricForm({
  metric,
  onSaved,
  onCancel,
}: {
  metric: Metric | null;
  onSaved: (metric: string) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(metric));
  const change = (next: Partial<MetricDraft>) => setDraft((before) => ({ ...before, ...next }));
  const read = readDraft(draft);
  const save = useMutation({
    mutationFn: (definition: Exclude<typeof read, null>) =>
      metric
        ? answer(api.PUT('/api/v1/metrics/{name}', { params: { path: { name: metric.name } }, body: definition }))
        : answer(api.POST('/api/v1/metrics', { body: { name: draft.name.trim(), ...definition } })),
    onSuccess: async (saved) => {
      notifications.show({ message: t('listening.own.saved', { metric: saved.name }) });
      await queries.invalidateQueries();
      onSaved(saved.name);
    },
  });
  const field = (name: keyof MetricDraft, label: string, more?: { description?: string; placeholder?: string }) => (
    <TextInput
      label={label}
      value={draft[name]}
      required
      onChange={(event) => change({ [name]: event.currentTarget.value })}
      {...more}
    />
  );
  const number = (name: keyof MetricDraft, label: string) => (
    <TextInput
      label={label}
      value={draft[name]}
      inputMode="decimal"
      required
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (read) save.mutate(read);
      }}
    >
      {metric === null &&
        field('name', t('listening.own.name'), { description: t('listening.own.nameHelp'), placeholder: 'warmth' })}
      {field('property', t('listening.own.property'), { description: t('listening.own.propertyHelp') })}
      <NativeSelect
        label={t('listening.own.formula')}
        value={draft.formula}
        onChange={(event) => change({ formula: event.currentTarget.value as Formula })}
        data={FORMULAS.map((value) => ({ value, label: t(`listening.own.formulas.${value}`) }))}
      />
      <div className={classes.fields}>
        {number('lowest', t('listening.own.lowest'))}
        {number('highest', t('listening.own.highest'))}
        {draft.formula === 'net_share' && number('to', t('listening.own.to'))}
        {draft.formula !== 'mean' && number('from', t('listening.own.from'))}
      </div>
      {field('es', t('listening.own.es'))}
      {field('en', t('listening.own.en'))}
      {field('source', t('listening.own.source'), { description: t('listening.own.sourceHelp') })}
      <fieldset className={classes.example}>
        <legend>{t('listening.own.example')}</legend>
        <p className="small">{t('listening.own.exampleHelp')}</p>
        <div className={classes.fields}>
          {field('answers', t('listening.own.answers'), { placeholder: '5 5 5 3 1' })}
          {number('score', t('listening.own.score'))}
        </div>
      </fieldset>
      {read === null && draft.answers !== '' && draft.score !== '' && (
        <p className="small" role="status">
          {t('listening.own.unread')}
        </p>
      )}
      {save.isError && <ProblemState error={save.error} isChange />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onCancel}>
          {t('frame.cancel')}
        </Button>
        <Button type="submit" loading={save.isPending} disabled={read === null}>
          {t('listening.own.save')}
        </Button>
      </Group>
    </form>
  );
}
