import { Button, Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeMe } from '@/api/session';
import { Dialog } from '@/ui/dialog';
import { ProblemState } from '@/ui/states';
import classes from './people.module.css';

/** Another name for whoever is signed in. */
export function MyName({ name, onClose }: { name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [next, setNext] = useState(name);
  const change = useMutation({
    mutationFn: () => changeMe({ name: next.trim() }),
    onSuccess: () => {
      notifications.show({ message: t('people.name.done') });
      void queries.invalidateQueries({ queryKey: ['users'] });
      onClose();
    },
  });
  return (
    <Dialog title={t('people.name.title')} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <TextInput
          label={t('people.name.label')}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          autoComplete="name"
          maxLength={100}
          required
          withAsterisk={false}
          data-autofocus
        />
        {change.isError && <ProblemState error={change.error} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('frame.cancel')}
          </Button>
          <Button type="submit" loading={change.isPending} disabled={next.trim() === '' || next.trim() === name}>
            {t('people.name.change')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
