import { useTranslation } from 'react-i18next';
import type { Scores } from '@/api/client';
import { useFormat } from '@/ui/use-format';
import classes from './listening.module.css';
import { answerCounts, answerParts } from './scores';
import { usePartName } from './use-part-name';

/** Columns that can be told apart. */
const MOST_COLUMNS = 31;

/** What was answered: the parts that the metric tells apart, and how many gave each answer. */
export function ScoreAnswers({ answer }: { answer: Scores }) {
  const { t } = useTranslation();
  const format = useFormat();
  const partName = usePartName();
  const answers = answerCounts(answer.metric, answer.values, answer.whole.total.counts);
  const parts = answerParts(answer.metric, answers);
  const most = Math.max(...answers.map(({ share }) => share), 1e-9);
  return (
    <section className={`card ${classes.card}`}>
      <h2>{t('listening.distribution.title')}</h2>
      {answers.length === 0 && <p className="muted">{t('listening.distribution.few')}</p>}
      {parts.length > 0 && (
        <>
          <div className={classes.parts} aria-hidden="true">
            {parts
              .filter(({ count }) => count > 0)
              .map(({ name, share, step }) => (
                <span key={name} style={{ flexGrow: share, background: `var(--experience-${step})` }} />
              ))}
          </div>
          <ul className={classes.legend}>
            {parts.map(({ name, count, share, step }) => (
              <li key={name}>
                <span
                  className={classes.swatch}
                  style={{ background: `var(--experience-${step})` }}
                  aria-hidden="true"
                />
                {partName(answer.metric, name)} <b>{format.share(share)}</b>{' '}
                <span className="muted">{format.number(count)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {answers.length > 0 && answers.length <= MOST_COLUMNS && (
        <ol
          className={classes.columns}
          data-many={answers.length > 8 || undefined}
          aria-label={t('listening.distribution.each')}
        >
          {answers.map(({ value, count, share, step }) => (
            <li key={value}>
              <span className={classes.share} aria-hidden="true">
                {answers.length > 8 && share < 0.005 ? '' : format.roundShare(share)}
              </span>
              <span className={classes.column} aria-hidden="true">
                <span
                  style={{
                    height: `${(share / most) * 100}%`,
                    background: `var(--experience-${step})`,
                    borderWidth: count === 0 ? 0 : undefined,
                  }}
                />
              </span>
              <span aria-hidden="true">{format.number(value, Number.isInteger(value) ? 0 : 1)}</span>
              <span className="visually-hidden">
                {t('listening.distribution.one', {
                  value: format.number(value, Number.isInteger(value) ? 0 : 1),
                  answers: t('listening.groups.answers', { count, n: format.number(count) }),
                  share: format.share(share),
                })}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
