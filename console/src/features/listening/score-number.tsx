import { useTranslation } from 'react-i18next';
import type { Scores } from '@/api/client';
import { Help } from '@/ui/help';
import { useFormat } from '@/ui/use-format';
import classes from './listening.module.css';
import { scoreOf } from './scores';
import type { MetricName } from './search-params';
import { useScoreText } from './use-score-text';

/** The score of the whole period, how surely it is known, and by how many answers. */
export function ScoreNumber({ answer, metric }: { answer: Scores; metric: MetricName }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useScoreText(answer.metric.formula);
  const { total } = answer.whole;
  const score = scoreOf(total);
  const effective = total.effective_answers;
  return (
    <section className={`card ${classes.card}`} aria-live="polite">
      <h2>
        {t(`listening.metrics.${metric}`)} <Help term={metric} />
      </h2>
      {score ? (
        <>
          <div className={classes.score}>{text(score.value)}</div>
          <p>
            {t('listening.interval', { low: text(score.low), high: text(score.high) })} <Help term="scoreInterval" />
          </p>
        </>
      ) : (
        <p className={classes.few}>{t('listening.tooFew', { n: format.number(answer.minimum) })}</p>
      )}
      <p className={`small ${classes.counted}`}>
        {t('listening.answers', { count: total.answers, n: format.number(total.answers) })}{' '}
        {t('listening.customers', { count: total.customers, n: format.number(total.customers) })}
      </p>
      {effective != null && (
        <p className="small">
          {t('listening.effective', { count: Math.round(effective), n: format.number(Math.round(effective)) })}{' '}
          <Help term="effectiveAnswers" />
        </p>
      )}
    </section>
  );
}
