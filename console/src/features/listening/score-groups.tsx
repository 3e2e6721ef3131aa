import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Scores } from '@/api/client';
import { Help } from '@/ui/help';
import { Answer, LoadingBlock } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './listening.module.css';
import { scoresQuery } from './queries';
import { axisOf, scoreOf, stepOf } from './scores';
import { GroupTable } from './scores-table';
import { DEFAULT_WAY, WAYS, type Way } from './search-params';
import { useGroupName } from './use-group-name';
import { useScoreText } from './use-score-text';
import { useAskScores, useScoresQuestion, useScoresSearch } from './use-scores';

/** The score of each touchpoint, channel or unit, those with most answers first. */
export function ScoreGroups() {
  const { t } = useTranslation();
  const { by = DEFAULT_WAY, table } = useScoresSearch();
  const ask = useAskScores();
  const query = useQuery(scoresQuery({ ...useScoresQuestion(), by }));
  return (
    <section className={`card ${classes.card}`}>
      <div className={classes.head}>
        <h2>
          {t('listening.groups.title')} <Help term="scoreGroups" />
        </h2>
        <SegmentedControl
          size="xs"
          aria-label={t('listening.groups.by')}
          value={by}
          onChange={(chosen) => ask({ by: chosen as Way }, { replace: true })}
          data={WAYS.map((value) => ({ value, label: t(`listening.groups.ways.${value}`) }))}
        />
      </div>
      <Answer
        query={query}
        loading={<LoadingBlock height={200} />}
        isEmpty={({ groups }) => !groups.some(({ value }) => value !== '(none)')}
        empty={<p className="muted">{t(`listening.groups.none.${by}`)}</p>}
      >
        {(answer) => (table ? <GroupTable answer={answer} by={by} /> : <Intervals answer={answer} by={by} />)}
      </Answer>
    </section>
  );
}

function Intervals({ answer, by }: { answer: Scores; by: Way }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useScoreText(answer.metric.formula);
  const nameOf = useGroupName(by);
  const { range, answers: scale, formula } = answer.metric;
  const axis = axisOf(
    answer.groups.map(({ total }) => scoreOf(total)),
    range,
  );
  const at = (score: number) => `${((score - axis.low) / Math.max(axis.high - axis.low, 1e-9)) * 100}%`;
  const whole = scoreOf(answer.whole.total);
  return (
    <>
      <ul className={classes.groups}>
        {answer.groups.map(({ value, total }) => {
          const score = scoreOf(total);
          return (
            <li key={value}>
              <span className={classes['group-name']}>
                {nameOf(value)}
                <span className="small">
                  {t('listening.groups.answers', { count: total.answers, n: format.number(total.answers) })}
                </span>
              </span>
              {score ? (
                <>
                  <span className={classes.strip} aria-hidden="true">
                    {whole && <span className={classes.whole} style={{ left: at(whole.value) }} />}
                    <span
                      className={classes.bar}
                      style={{ left: at(score.low), right: `calc(100% - ${at(score.high)})` }}
                    />
                    <span
                      className={classes.dot}
                      style={{
                        left: at(score.value),
                        background: `var(--experience-${stepOf(score.value, formula === 'mean' ? scale : range)})`,
                      }}
                    />
                  </span>
                  <span className={classes['group-score']}>
                    <b>{text(score.value)}</b>{' '}
                    <span className="small">
                      {t('listening.groups.between', { low: text(score.low), high: text(score.high) })}
                    </span>
                  </span>
                </>
              ) : (
                <span className={`muted ${classes.unsaid}`}>{t('listening.groups.tooFew')}</span>
              )}
            </li>
          );
        })}
      </ul>
      <p className="small">
        {t('listening.groups.say', { minimum: format.number(answer.minimum) })}{' '}
        {whole && t('listening.groups.line', { score: text(whole.value) })}
      </p>
    </>
  );
}
