import { Button, Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type SavedQuestion } from '@/api/client';
import { Dialog } from '@/ui/dialog';
import { savedQuestionsQuery } from './queries';
import classes from './saved.module.css';
import { asKept, type Question } from './saved-questions';
import { useAsk } from './use-explorer';
import { useRefusal, useUpdateQuestion } from './use-saved';

const LONGEST_NAME = 120;

/** A name for a question, and what kept it from being taken. */
export function NameForm({
  name: given,
  error,
  isBusy,
  confirm,
  children,
  onName,
  onClose,
}: {
  name: string;
  error: string | null;
  isBusy: boolean;
  confirm: string;
  children?: ReactNode;
  onName: (name: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(given);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onName(name.trim());
      }}
    >
      <TextInput
        label={t('journeys.saved.name')}
        value={name}
        maxLength={LONGEST_NAME}
        error={error}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      {children}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('frame.cancel')}
        </Button>
        <Button type="submit" loading={isBusy} disabled={name.trim() === ''}>
          {confirm}
        </Button>
      </Group>
    </form>
  );
}

/** Keeps the present question under a name. */
export function SaveQuestion({ question, onClose }: { question: Question; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const refusal = useRefusal();
  const ask = useAsk();
  const [error, setError] = useState<string | null>(null);
  const saving = useMutation({
    mutationFn: (name: string) =>
      answer(api.POST('/api/v1/questions', { body: { name, view: question.view, question: asKept(question) } })),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: savedQuestionsQuery.queryKey });
      notifications.show({ title: t('journeys.saved.kept'), message: saved.name });
      ask({ saved: saved.id }, { replace: true });
      onClose();
    },
    onError: async (failure) => setError(await refusal(failure, null)),
  });
  return (
    <Dialog title={t('journeys.saved.keepTitle')} onClose={onClose}>
      <NameForm
        name=""
        error={error}
        isBusy={saving.isPending}
        confirm={t('journeys.saved.confirm')}
        onName={(name) => saving.mutate(name)}
        onClose={onClose}
      >
        <p className="small">{t('journeys.saved.say')}</p>
      </NameForm>
    </Dialog>
  );
}

/** Gives a kept question another name; what it asks stays as it was kept. */
export function RenameQuestion({ saved, onClose }: { saved: SavedQuestion; onClose: () => void }) {
  const { t } = useTranslation();
  const renaming = useUpdateQuestion(onClose);
  return (
    <Dialog title={t('journeys.saved.renameTitle')} onClose={onClose}>
      <NameForm
        name={saved.name}
        error={null}
        isBusy={renaming.isPending}
        confirm={t('journeys.saved.rename')}
        onName={(name) => renaming.mutate({ saved, name, question: saved.question })}
        onClose={onClose}
      />
    </Dialog>
  );
}

export function DeleteQuestion({ saved, onClose }: { saved: SavedQuestion; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const refusal = useRefusal();
  const ask = useAsk();
  const [error, setError] = useState<string | null>(null);
  const deleting = useMutation({
    mutationFn: () => api.DELETE('/api/v1/questions/{id}', { params: { path: { id: saved.id } } }),
    onSuccess: async () => {
      ask({ saved: undefined }, { replace: true });
      await queries.invalidateQueries({ queryKey: savedQuestionsQuery.queryKey });
      notifications.show({ title: t('journeys.saved.deleted'), message: saved.name });
      onClose();
    },
    onError: async (failure) => setError(await refusal(failure, saved)),
  });
  return (
    <Dialog title={t('journeys.saved.deleteTitle', { name: saved.name })} onClose={onClose}>
      <div className={classes.form}>
        <p>{t('journeys.saved.deleteSay')}</p>
        {error && <p role="alert">{error}</p>}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('frame.cancel')}
          </Button>
          <Button color="bad" loading={deleting.isPending} onClick={() => deleting.mutate()}>
            {t('journeys.saved.delete')}
          </Button>
        </Group>
      </div>
    </Dialog>
  );
}
