import { Button, Group, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Unit } from '@/api/client';
import { Dialog } from '@/ui/dialog';
import { ProblemState } from '@/ui/states';
import classes from './organisation.module.css';
import { below } from './unit-tree';

/** Adds a unit, renames its label, moves it to another place of the tree. Its name is what events carry, and stays. */
export function EditUnit({ unit, units, onClose }: { unit: Unit | null; units: readonly Unit[]; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState(unit?.name ?? '');
  const [label, setLabel] = useState(unit?.label ?? '');
  const [kind, setKind] = useState(unit?.kind ?? '');
  const [parent, setParent] = useState<string | null>(unit?.parent ?? null);
  const save = useMutation({
    mutationFn: () =>
      answer(
        api.PUT('/api/v1/units/{name}', {
          params: { path: { name: name.trim() } },
          body: { label: label.trim() || undefined, kind: kind.trim() || undefined, parent: parent ?? undefined },
        }),
      ),
    onSuccess: () => {
      notifications.show({ message: t('organisation.units.saved') });
      void queries.invalidateQueries();
      onClose();
    },
  });
  const own = unit ? below(units, unit.name) : new Set<string>();
  const above = units.filter((each) => each.is_in_tree && !own.has(each.name));
  const isKnown = unit === null && units.some((each) => each.is_in_tree && each.name === name.trim());
  return (
    <Dialog
      title={unit ? t('organisation.units.editOne', { label: unit.label }) : t('organisation.units.add')}
      onClose={onClose}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '' && !isKnown) save.mutate();
        }}
      >
        <TextInput
          label={t('organisation.units.columns.name')}
          description={t('organisation.units.nameHelp')}
          value={name}
          error={isKnown ? t('organisation.units.known') : undefined}
          disabled={unit !== null}
          required
          data-autofocus={unit === null ? true : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('organisation.units.columns.label')}
          description={t('organisation.units.labelHelp')}
          value={label}
          data-autofocus={unit === null ? undefined : true}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <TextInput
          label={t('organisation.units.columns.kind')}
          description={t('organisation.units.kindHelp')}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
        />
        <Select
          label={t('organisation.units.parent')}
          placeholder={t('organisation.units.top')}
          data={above.map((each) => ({ value: each.name, label: each.label }))}
          value={parent}
          onChange={setParent}
          searchable
          clearable
          nothingFoundMessage={t('organisation.nothingFound')}
        />
        {save.isError && <ProblemState error={save.error} isChange />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('frame.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('organisation.save')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

export function DeleteUnit({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: async () => {
      await api.DELETE('/api/v1/units/{name}', { params: { path: { name: unit.name } } });
    },
    onSuccess: () => {
      notifications.show({ message: t('organisation.units.removed') });
      void queries.invalidateQueries();
      onClose();
    },
  });
  return (
    <Dialog title={t('organisation.units.deleteOne', { label: unit.label })} onClose={onClose}>
      <p className="muted">{t('organisation.units.deleteSay')}</p>
      {remove.isError && <ProblemState error={remove.error} isChange />}
      <Group justify="flex-end" gap={8} mt={20}>
        <Button variant="default" onClick={onClose}>
          {t('frame.cancel')}
        </Button>
        <Button loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('organisation.remove')}
        </Button>
      </Group>
    </Dialog>
  );
}
