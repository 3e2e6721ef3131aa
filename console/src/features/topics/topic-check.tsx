import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CheckedTopic, Topic } from '@/api/client';
import { CommentCard } from '@/features/comments/comment-card';
import { LoadingLines, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { checkQuery } from './queries';
import { type Draft, editOf, isReady } from './topics';
import classes from './topics.module.css';

/** What a draft finds among the comments that there are, and which of its examples it misses. */
export function TopicCheck({ draft, topic }: { draft: Draft; topic?: Topic }) {
  const { t } = useTranslation();
  const canCheck = isReady(draft, topic);
  const query = useQuery({ ...checkQuery(editOf(draft)), enabled: canCheck });
  return (
    <section className={classes.stack} aria-label={t('topics.check.title')} aria-busy={query.isFetching}>
      <h2>{t('topics.check.title')}</h2>
      {!canCheck && <p className="muted">{t('topics.check.notYet')}</p>}
      {canCheck && query.isPending && <LoadingLines lines={6} />}
      {canCheck && query.isError && <ProblemState error={query.error} isChange />}
      {canCheck && query.data && !query.isError && <Found answer={query.data} />}
    </section>
  );
}

function Found({ answer }: { answer: CheckedTopic }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { read, found, gained, lost, expressions, missed, comments } = answer;
  return (
    <>
      {missed.length > 0 && (
        <div role="alert" className={classes.missed}>
          <p>
            <b>{t('topics.check.missed', { count: missed.length, n: format.number(missed.length) })}</b>
          </p>
          <ul>
            {missed.map(({ language, example }) => (
              <li key={`${language}:${example}`} lang={language}>
                {example}
              </li>
            ))}
          </ul>
        </div>
      )}
      <p aria-live="polite">
        <b className={classes.found}>{t('comments.count', { count: found, n: format.number(found) })}</b>{' '}
        {t('topics.check.of', { n: format.number(read) })}
      </p>
      {(gained > 0 || lost > 0) && (
        <p className="small">
          {t('topics.check.gained', { count: gained, n: format.number(gained) })}
          {lost > 0 && ` ${t('topics.check.lost', { count: lost, n: format.number(lost) })}`}
        </p>
      )}
      {expressions.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('topics.check.expression')}</th>
              <th scope="col" className={classes.number}>
                {t('topics.check.finds')}
              </th>
            </tr>
          </thead>
          <tbody>
            {expressions.map(({ language, expression, comments: times }) => (
              <tr key={`${language}:${expression}`}>
                <td lang={language}>{expression}</td>
                <td className={classes.number}>{times === 0 ? t('topics.check.nothing') : format.number(times)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ul className={classes.comments}>
        {comments.map((comment) => (
          <li key={comment.event} className="card">
            <CommentCard comment={comment} isShort />
          </li>
        ))}
      </ul>
    </>
  );
}
