import { Button, Group, PasswordInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { Dialog } from '@/ui/dialog';
import { ProblemState } from '@/ui/states';
import classes from './people.module.css';

/** Another password for whoever is signed in. */
export function MyPassword({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => api.POST('/api/v1/session/password', { body: { current, new: next } }),
    onSuccess: () => {
      notifications.show({ message: t('people.password.done') });
      onClose();
    },
  });
  return (
    <Dialog title={t('people.password.title')} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <PasswordInput
          label={t('people.password.current')}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
        />
        <PasswordInput
          label={t('people.password.next')}
          description={t('people.password.rule')}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          autoComplete="new-password"
          minLength={12}
          maxLength={256}
          required
          withAsterisk={false}
        />
        <span className="small">{t('people.password.say')}</span>
        {change.isError && <ProblemState error={change.error} isChange />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('frame.cancel')}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t('people.password.change')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
