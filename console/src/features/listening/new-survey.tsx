import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api, type Survey } from '@/api/client';
import { Dialog } from '@/ui/dialog';
import { Answer, LoadingLines, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './listening.module.css';
import { surveyExamplesQuery, surveysQuery } from './queries';
import { nameOf, questionsOf, titleOf } from './survey';

/** Makes a survey out of one that comes with the program. */
export function NewSurvey({ known, onClose }: { known: readonly Survey[]; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const examples = useQuery(surveyExamplesQuery);
  const make = useMutation({
    // The description of the interface calls a file an object of which it knows no field.
    mutationFn: (file: unknown) => answer(api.POST('/api/v1/surveys', { body: file as Record<string, never> })),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: surveysQuery.queryKey });
      notifications.show({
        title: titleOf(made.definition, format.language) ?? made.name,
        message: t('listening.surveys.made'),
      });
      onClose();
    },
  });
  return (
    <Dialog title={t('listening.surveys.make')} onClose={onClose}>
      <p className="muted">{t('listening.surveys.makeSay')}</p>
      <Answer query={examples} loading={<LoadingLines lines={4} />}>
        {({ examples: files }) => (
          <ul className={classes.examples}>
            {files.map((file) => {
              const name = nameOf(file);
              const title = titleOf(file, format.language) ?? name;
              const isMade = known.some((survey) => survey.name === name);
              const count = questionsOf(file);
              return (
                <li key={name}>
                  <div>
                    <h3>{title}</h3>
                    <p className="small">
                      {name} · {t('listening.surveys.questions', { count, n: format.number(count) })}
                    </p>
                  </div>
                  <div className={classes.actions}>
                    <Link
                      to="/listening/surveys/new"
                      search={{ example: name }}
                      aria-label={t('surveys.editor.writeOne', { title })}
                    >
                      {t('surveys.editor.write')}
                    </Link>
                    {isMade ? (
                      <span className="small">{t('listening.surveys.isMade')}</span>
                    ) : (
                      <Button
                        variant="default"
                        size="xs"
                        loading={make.isPending && make.variables === file}
                        disabled={make.isPending}
                        aria-label={t('listening.surveys.makeOne', { title })}
                        onClick={() => make.mutate(file)}
                      >
                        {t('listening.surveys.makeIt')}
                      </Button>
                    )}
                  </div>
                </li>
              );
            })}
            <li>
              <Link to="/listening/surveys/new">{t('surveys.editor.writeEmpty')}</Link>
            </li>
          </ul>
        )}
      </Answer>
      {make.isError && <ProblemState error={make.error} isChange />}
    </Dialog>
  );
}
