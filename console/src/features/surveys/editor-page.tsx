import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useTitle } from '@/app/use-title';
import { surveyExamplesQuery, surveysQuery } from '@/features/listening/queries';
import { nameOf, titleOf } from '@/features/listening/survey';
import { Answer, LoadingLines } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { emptySurvey, freeKey, type Json, withValue } from './document';
import { Editor } from './editor';
import { surveyQuery } from './queries';

/** Changes a survey: what is kept becomes its next version. */
export function EditSurveyPage() {
  const { t } = useTranslation();
  const { survey: id } = useParams({ from: '/listening/surveys/$survey/edit' });
  const { language } = useFormat();
  // What is being written is not exchanged under the hands of who writes it.
  const query = useQuery({ ...surveyQuery(id), refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY });
  const title = query.data ? (titleOf(query.data.definition, language) ?? query.data.name) : '';
  useTitle(title === '' ? t('surveys.edit') : t('surveys.editor.title', { title }));
  return (
    <div className="page">
      <Answer query={query} loading={<LoadingLines lines={12} />} isPage>
        {(survey) => <Editor key={survey.id} start={survey.definition as unknown as Json} survey={survey} />}
      </Answer>
    </div>
  );
}

/** Writes a new survey, out of one that comes with the program or out of nothing. */
export function NewSurveyPage() {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { example } = useSearch({ from: '/listening/surveys/new' });
  const navigate = useNavigate();
  const surveys = useQuery(surveysQuery);
  const examples = useQuery({ ...surveyExamplesQuery, enabled: example !== undefined });
  useTitle(t('surveys.editor.new'));
  const start = (files: readonly unknown[]): Json => {
    const used = surveys.data?.surveys.map(({ name }) => name) ?? [];
    const file = files.find((each) => nameOf(each) === example) as Json | undefined;
    if (file === undefined) return emptySurvey([language, language === 'es' ? 'en' : 'es']);
    return withValue(file, ['name'], freeKey(nameOf(file), used));
  };
  const opened = (id: string) => void navigate({ to: '/listening/surveys/$survey', params: { survey: id } });
  return (
    <div className="page">
      <Answer query={surveys} loading={<LoadingLines lines={12} />} isPage>
        {() =>
          example === undefined ? (
            <Editor start={start([])} onMade={opened} />
          ) : (
            <Answer query={examples} loading={<LoadingLines lines={12} />} isPage>
              {({ examples: files }) => <Editor key={example} start={start(files)} onMade={opened} />}
            </Answer>
          )
        }
      </Answer>
    </div>
  );
}
