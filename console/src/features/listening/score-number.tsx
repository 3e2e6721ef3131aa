import { useTranslation } from 'react-i18next';
import type { Scores } from '@/api/client';
import { Help } from '@/ui/help';
import { useFormat } from '@/ui/use-format';
import classes from './listening.module.css';
import { scoreOf } from './scores';
import { SHIPPED_METRICS } from './search-params';
import { useMetricName } from './use-metric-name';
import { useScoreText } from './use-score-text';

/** The score of the whole period, how surely it is known, and by how many answers. */
export function ScoreNumber({ answer }: { answer: Scores }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useScoreText(answer.metric.formula);
  const { total } = answer.whole;
  const score = scoreOf(total);
  const nameOf = useMetricName();
  const { name, definition } = answer.metric;
  const shipped = SHIPPED_METRICS.find((each) => each === name);
  const effective = total.effective_answers;
  return (
    <section className={`card ${classes.card}`} aria-live="polite">
      <h2>
        {nameOf(name)} {shipped && <Help term={shipped} />}
      </h2>
      {!shipped && <p className="small">{definition[format.language === 'es' ? 'es' : 'en']}</p>}
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
      {total.anonymous > 0 ? (
        <p className="small">
          {t('listening.anonymous', { count: total.anonymous, n: format.number(total.anonymous) })}
        </p>
      ) : (
        !answer.with_anonymous && <p className="small">{t('listening.withoutAnonymous')}</p>
      )}
      {effective != null && (
        <p className="small">
          {t('listening.effective', { count: Math.round(effective), n: format.number(Math.round(effective)) })}{' '}
          <Help term="effectiveAnswers" />
        </p>
      )}
    </section>
  );
}
