import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Annotation, answer, api } from '@/api/client';
import { channelsQuery } from '@/app/channels';
import { useNames } from '@/features/customers/use-names';
import { unitsQuery } from '@/features/organisation/queries';
import { Dialog } from '@/ui/dialog';
import { ProblemState } from '@/ui/states';
import { KINDS, type Kind, kindOf } from './annotations';
import classes from './forms.module.css';

/** Says what happened, or says it anew. */
export function AnnotationDialog({ annotation, onClose }: { annotation: Annotation | null; onClose: () => void }) {
  const { t } = useTranslation();
  const names = useNames();
  const queries = useQueryClient();
  const channels = useQuery(channelsQuery).data?.channels ?? [];
  const units = (useQuery(unitsQuery).data?.units ?? []).filter((unit) => unit.is_in_tree);
  const [kind, setKind] = useState<Kind>(annotation ? kindOf(annotation) : 'release');
  const [text, setText] = useState(annotation?.text ?? '');
  const [first, setFirst] = useState(annotation?.first_day ?? '');
  const [last, setLast] = useState(
    annotation && annotation.last_day !== annotation.first_day ? annotation.last_day : '',
  );
  const [channel, setChannel] = useState(annotation?.channel ?? '');
  const [unit, setUnit] = useState(annotation?.unit ?? '');
  const save = useMutation({
    mutationFn: () => {
      const body = {
        kind,
        text: text.trim(),
        first_day: first,
        last_day: last || undefined,
        channel: channel || undefined,
        unit: unit || undefined,
      };
      return annotation
        ? answer(api.PUT('/api/v1/annotations/{id}', { params: { path: { id: annotation.id } }, body }))
        : answer(api.POST('/api/v1/annotations', { body }));
    },
    onSuccess: () => {
      notifications.show({ message: t('listening.annotations.saved') });
      void queries.invalidateQueries({ queryKey: ['scores'] });
      onClose();
    },
  });
  const known = new Set(channels.map((each) => each.name));
  return (
    <Dialog
      title={annotation ? t('listening.annotations.editTitle') : t('listening.annotations.add')}
      onClose={onClose}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput
          label={t('listening.annotations.text')}
          placeholder={t('listening.annotations.textExample')}
          value={text}
          maxLength={200}
          required
          data-autofocus
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('listening.annotations.kind')}
          value={kind}
          onChange={(event) => setKind(kindOf({ kind: event.currentTarget.value }))}
          data={KINDS.map((value) => ({ value, label: t(`listening.annotations.kinds.${value}`) }))}
        />
        <div className={classes.fields}>
          <TextInput
            label={t('listening.annotations.first')}
            type="date"
            value={first}
            required
            onChange={(event) => setFirst(event.currentTarget.value)}
          />
          <TextInput
            label={t('listening.annotations.last')}
            description={t('listening.annotations.lastHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            type="date"
            value={last}
            min={first || undefined}
            onChange={(event) => setLast(event.currentTarget.value)}
          />
        </div>
        <div className={classes.fields}>
          <NativeSelect
            label={t('listening.annotations.channel')}
            value={channel}
            onChange={(event) => setChannel(event.currentTarget.value)}
            data={[
              { value: '', label: t('listening.annotations.everyChannel') },
              ...(channel !== '' && !known.has(channel) ? [{ value: channel, label: names.channel(channel) }] : []),
              ...[...known].map((name) => ({ value: name, label: names.channel(name) })),
            ]}
          />
          {(units.length > 0 || unit !== '') && (
            <NativeSelect
              label={t('listening.annotations.unit')}
              value={unit}
              onChange={(event) => setUnit(event.currentTarget.value)}
              data={[
                { value: '', label: t('listening.annotations.everyUnit') },
                ...units.map(({ name, label }) => ({ value: name, label })),
              ]}
            />
          )}
        </div>
        {save.isError && <ProblemState error={save.error} isChange />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('frame.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('listening.annotations.save')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
