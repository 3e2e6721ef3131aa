import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Scores } from '@/api/client';
import { useMay } from '@/api/session';
import { Findings } from '@/features/journeys/findings';
import { NoEvents } from '@/features/journeys/no-events';
import { Answer, EmptyState, LoadingBlock } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './listening.module.css';
import { ListeningHead } from './listening-head';
import { scoresQuery, surveysQuery } from './queries';
import { ScoreAnswers } from './score-answers';
import { ScoreBar } from './score-bar';
import { ScoreGroups } from './score-groups';
import { ScoreNumber } from './score-number';
import { ScoreTrend } from './score-trend';
import { PeriodTable } from './scores-table';
import { DEFAULT_EVERY, DEFAULT_METRIC, EVERY, type Every, METRICS, type MetricName } from './search-params';
import { SegmentChoice } from './segment-choice';
import { titleOf } from './survey';
import { useAskScores, useScoresQuestion, useScoresSearch } from './use-scores';

const UNUSABLE = 'answers_unusable';

/** How the experience was felt, as customers said when they were asked. */
export function ScoresPage() {
  const question = useScoresQuestion();
  const query = useQuery(scoresQuery(question));
  return (
    <div className="page">
      <ListeningHead page="scores" />
      <Question />
      <Answer
        query={query}
        loading={<LoadingBlock height={420} />}
        isEmpty={({ over }) => over.events === 0}
        empty={<NoEvents />}
      >
        {(answer) => <Loaded answer={answer} />}
      </Answer>
    </div>
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
      <SegmentedControl
        aria-label={t('listening.metric')}
        value={metric}
        onChange={(chosen) => ask({ metric: chosen as MetricName })}
        data={METRICS.map((value) => ({ value, label: t(`listening.metrics.${value}`) }))}
      />
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
  const metric = METRICS.find((each) => each === answer.metric.name) ?? DEFAULT_METRIC;
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
          title={t('listening.none.title', { metric: t(`listening.metrics.${metric}`) })}
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
          <ScoreNumber answer={answer} metric={metric} />
          <ScoreAnswers answer={answer} metric={metric} />
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
          {table ? <PeriodTable answer={answer} /> : <ScoreTrend answer={answer} metric={metric} />}
        </section>
        <ScoreGroups />
      </div>
    </div>
  );
}
