import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Survey } from '@/api/client';
import type { components } from '@/api/schema';
import { useUnitLabel } from '@/features/organisation/queries';
import { EmptyState, LoadingLines, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { answerText, idOf, languagesOf, questionsOf, textIn, typeOf, unfilled } from './document';
import { useLanguageName } from './language-name';
import { answersQuery, versionQuery } from './queries';
import { MARKED, type Marked } from './search-params';
import classes from './surveys.module.css';

type Response = components['schemas']['SurveyResponse'];

/** What was answered, the newest first: all of it, or only what has marks, or none. */
export function SurveyAnswers({ survey }: { survey: Survey }) {
  const { t } = useTranslation();
  const { marks } = useSearch({ from: '/listening/surveys/$survey' });
  const navigate = useNavigate({ from: '/listening/surveys/$survey' });
  return (
    <div className={classes.column}>
      <div>
        <SegmentedControl
          aria-label={t('surveys.answers.which')}
          value={marks ?? 'all'}
          onChange={(chosen) => {
            const marks = MARKED.find((each) => each === chosen);
            void navigate({ search: ({ marks: _, ...before }) => ({ ...before, ...(marks && { marks }) }) });
          }}
          data={(['all', ...MARKED] as const).map((value) => ({ value, label: t(`surveys.answers.marked.${value}`) }))}
        />
      </div>
      <ListedAnswers survey={survey} marks={marks} />
    </div>
  );
}

function ListedAnswers({ survey, marks }: { survey: Survey; marks: Marked | undefined }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(answersQuery(survey.id, marks));
  if (query.isError) return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <LoadingLines lines={10} />;
  const responses = query.data.pages.flatMap((page) => page.responses);
  if (responses.length === 0 && marks !== undefined)
    return <EmptyState title={t(`surveys.answers.noneMarked.${marks}`)} />;
  if (responses.length === 0)
    return <EmptyState title={t('surveys.answers.none.title')}>{t('surveys.answers.none.say')}</EmptyState>;
  return (
    <div className={classes.column}>
      <ul className={classes.answers}>
        {responses.map((response) => (
          <li key={response.id} className="card">
            <OneAnswer survey={survey} response={response} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <div>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('surveys.answers.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

const MARKS = ['again', 'robot', 'straight', 'fast'] as const;

function OneAnswer({ survey, response }: { survey: Survey; response: Response }) {
  const { t } = useTranslation();
  const format = useFormat();
  const labelOf = useUnitLabel();
  const languageName = useLanguageName();
  // What was asked is what that version said.
  const isOlder = response.version !== survey.version;
  const older = useQuery({ ...versionQuery(survey.id, response.version), enabled: isOlder });
  const file = isOlder ? (older.data ?? survey.definition) : survey.definition;
  const language =
    languagesOf(file).find((code) => code.startsWith(format.language)) ?? languagesOf(file)[0] ?? response.language;
  const given = Object.entries((response.answers ?? {}) as Record<string, unknown>);
  const order = questionsOf(file).map(idOf);
  given.sort(([one], [other]) => order.indexOf(one) - order.indexOf(other));
  const about = [
    languageName(response.language),
    ...(response.touchpoint ? [response.touchpoint] : []),
    ...(response.unit ? [labelOf(response.unit)] : []),
    response.channel === 'link' ? t('surveys.answers.byLink') : response.channel,
    ...(isOlder ? [t('listening.surveys.version', { n: format.number(response.version) })] : []),
  ];
  return (
    <article>
      <div className={classes.answerHead}>
        <h2>
          {response.is_anonymous ? format.moment(response.answered_at, 'date') : format.moment(response.answered_at)}
        </h2>
        {!response.is_complete && <span className={classes.tag}>{t('surveys.answers.partial')}</span>}
        {response.is_anonymous && <span className={classes.tag}>{t('surveys.answers.anonymous')}</span>}
        {MARKS.filter((mark) => response.marks.includes(mark)).map((mark) => (
          <span key={mark} className={classes.tag} data-doubt title={t(`surveys.marks.${mark}.say`)}>
            {t(`surveys.marks.${mark}.name`)}
          </span>
        ))}
      </div>
      <p className="small">{about.join(' · ')}</p>
      <dl className={classes.given}>
        {given.map(([id, answer]) => {
          const question = questionsOf(file).find((each) => idOf(each) === id);
          const isComment = typeOf(question) === 'text' && answer !== null;
          return (
            <div key={id}>
              <dt lang={language}>{unfilled(textIn(question?.text, language)) || id}</dt>
              <dd data-comment={isComment || undefined} lang={isComment ? response.language : language} dir="auto">
                {answer === null ? (
                  <span className="muted">{t('surveys.answers.unanswered')}</span>
                ) : (
                  answerText(question, answer, language, {
                    yes: t('surveys.words.yes'),
                    no: t('surveys.words.no'),
                    better: t('surveys.words.better'),
                    as: t('surveys.words.as'),
                    worse: t('surveys.words.worse'),
                  })
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </article>
  );
}
