import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Scores } from '@/api/client';
import { useMay } from '@/api/session';
import { Findings } from '@/features/journeys/findings';
import { EmptyState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { AnnotationList } from './annotation-list';
import classes from './listening.module.css';
import { ListeningPage } from './listening-page';
import { MetricChoice } from './metric-choice';
import { scoresQuery, surveysQuery } from './queries';
import { ScoreAnswers } from './score-answers';
import { ScoreBar } from './score-bar';
import { ScoreGroups } from './score-groups';
import { ScoreNumber } from './score-number';
import { ScoreTrend } from './score-trend';
import { PeriodTable } from './scores-table';
import { DEFAULT_EVERY, DEFAULT_METRIC, EVERY, type Every } from './search-params';
import { SegmentChoice } from './segment-choice';
import { titleOf } from './survey';
import { useMetricName } from './use-metric-name';
import { useAskScores, useScoresQuestion, useScoresSearch } from './use-scores';

const UNUSABLE = 'answers_unusable';

/** How the experience was felt, as customers said when they were asked. */
export function ScoresPage() {
  const question = useScoresQuestion();
  const query = useQuery(scoresQuery(question));
  return (
    <ListeningPage page="scores" question={<Question />} query={query}>
      {(answer) => <Loaded answer={answer} />}
    </ListeningPage>
  );
}

/** Which metric, and of whom. */
function Question() {
  const { t } = useTranslation();
  const { metric = DEFAULT_METRIC, segment, survey } = useScoresSearch();
  const { language } = useFormat();
  const maySurveys = useMay()('read_surveys');
  const ask = useAskScores();
  const surveys = useQuery({ ...surveysQuery, enabled: maySurveys }).data?.surveys ?? [];
  return (
    <div className={classes.question}>
      <MetricChoice metric={metric} onChoose={(chosen) => ask({ metric: chosen })} />
      <SegmentChoice segment={segment} onChoose={(chosen) => ask({ segment: chosen })} />
      {(surveys.length > 1 || survey !== undefined) && (
        <NativeSelect
          aria-label={t('listening.survey')}
          value={survey ?? ''}
          onChange={(event) => ask({ survey: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('listening.everySurvey') },
            ...(survey !== undefined && !surveys.some(({ name }) => name === survey) ? [survey] : []),
            ...surveys.map(({ name, definition }) => ({ value: name, label: titleOf(definition, language) ?? name })),
          ]}
        />
      )}
    </div>
  );
}

function Loaded({ answer }: { answer: Scores }) {
  const { t } = useTranslation();
  const { table, every = DEFAULT_EVERY } = useScoresSearch();
  const ask = useAskScores();
  const may = useMay();
  const nameOf = useMetricName();
  // What no event ever had is said by the empty page, in more words.
  const told = answer.findings.filter(({ code }) => code !== UNUSABLE && code !== 'value_never_seen');
  const findings = (
    <>
      <Findings findings={told} />
      {answer.findings.some(({ code }) => code === UNUSABLE) && (
        <p className="small" role="note">
          {t('listening.unusable')}
        </p>
      )}
    </>
  );
  if (answer.whole.total.answers === 0)
    return (
      <>
        {findings}
        <EmptyState
          title={t('listening.none.title', { metric: nameOf(answer.metric.name) })}
          action={may('read_surveys') && <Link to="/listening/surveys">{t('listening.none.surveys')}</Link>}
        >
          {t('listening.none.say')}
        </EmptyState>
      </>
    );
  return (
    <div>
      <ScoreBar answer={answer} />
      {findings}
      <div className={classes.stack}>
        <div className={classes.top}>
          <ScoreNumber answer={answer} />
          <ScoreAnswers answer={answer} />
        </div>
        <section className={`card ${classes.card}`}>
          <div className={classes.head}>
            <h2>{t('listening.trend.title')}</h2>
            <SegmentedControl
              size="xs"
              aria-label={t('listening.trend.every')}
              value={every}
              onChange={(chosen) => ask({ every: chosen as Every }, { replace: true })}
              data={EVERY.map((value) => ({ value, label: t(`listening.trend.by.${value}`) }))}
            />
          </div>
          {table ? <PeriodTable answer={answer} /> : <ScoreTrend answer={answer} />}
          <AnnotationList annotations={answer.annotations} />
        </section>
        <ScoreGroups />
      </div>
    </div>
  );
}
