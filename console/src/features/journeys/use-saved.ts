import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type SavedQuestion } from '@/api/client';
import { asProblem } from '@/api/problem';
import { savedQuestionsQuery } from './queries';
import { asKept, type Question } from './saved-questions';

/** In words what kept a question from being kept. */
export function useRefusal(): (error: unknown, saved: SavedQuestion | null) => Promise<string> {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return async (error, saved) => {
    const problem = asProblem(error);
    if (problem.status === 403) {
      return t('journeys.saved.forbidden');
    }
    if (problem.status === 404) return t('journeys.saved.gone');
    if (problem.status !== 409) return problem.detail;
    // Either the name is another question's, or somebody has changed this one meanwhile: what is there now tells which.
    const { questions } = await queries.fetchQuery({ ...savedQuestionsQuery, staleTime: 0 });
    const stored = saved && questions.find(({ id }) => id === saved.id);
    return stored && stored.revision !== saved.revision ? t('journeys.saved.conflict') : t('journeys.saved.taken');
  };
}

interface Update {
  saved: SavedQuestion;
  name: string;
  question: Question | Record<string, unknown>;
}

function update({ saved, name, question }: Update): Promise<SavedQuestion> {
  return answer(
    api.PUT('/api/v1/questions/{id}', {
      params: { path: { id: saved.id } },
      body: {
        name,
        view: 'view' in question ? String(question.view) : saved.view,
        question: asKept(question),
        revision: saved.revision,
      },
    }),
  );
}

/** Changes a kept question, and says so; what kept it from being changed is said too. */
export function useUpdateQuestion(onDone?: () => void) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const refusal = useRefusal();
  return useMutation({
    mutationFn: update,
    onSuccess: async ({ name }) => {
      await queries.invalidateQueries({ queryKey: savedQuestionsQuery.queryKey });
      notifications.show({ title: t('journeys.saved.updated'), message: name });
      onDone?.();
    },
    onError: async (error, { saved }) =>
      notifications.show({
        color: 'bad',
        autoClose: 12_000,
        title: t('journeys.saved.notUpdated'),
        message: await refusal(error, saved),
      }),
  });
}
