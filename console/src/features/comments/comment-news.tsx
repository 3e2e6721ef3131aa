import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CommentNews as News } from '@/api/client';
import { addDays } from '@/app/period';
import { Answer, EmptyState, LoadingBlock } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { CommentCard } from './comment-card';
import classes from './comments.module.css';
import { newsQuery } from './queries';
import { SENTIMENTS } from './search-params';
import { useCommentsQuestion } from './use-comments';
import { useTopicName } from './use-topic-name';

/** What comments of a week say that those of the eight weeks before did not, or seldom. */
export function CommentNews() {
  const { t } = useTranslation();
  const query = useQuery(newsQuery(useCommentsQuestion()));
  return (
    <div className={classes.stack}>
      <Answer query={query} loading={<LoadingBlock height={420} />}>
        {(answer) => <Loaded answer={answer} />}
      </Answer>
      <p className="small">{t('comments.news.method')}</p>
    </div>
  );
}

function Loaded({ answer }: { answer: News }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isTooFew = answer.findings.some(({ code }) => code === 'too_few_comments');
  const days = { from: format.day(answer.from), last: format.day(addDays(answer.to, -1)) };
  if (isTooFew)
    return (
      <EmptyState title={t('comments.news.few', days)}>
        {t('comments.news.fewSay', { n: format.number(answer.minimum) })}
      </EmptyState>
    );
  return (
    <>
      <p className="muted">
        {t('comments.news.say', {
          ...days,
          count: answer.comments,
          n: format.number(answer.comments),
          before: format.number(answer.comments_before),
        })}
      </p>
      {answer.news.length === 0 && (
        <EmptyState title={t('comments.news.none')}>{t('comments.news.noneSay')}</EmptyState>
      )}
      <ul className={classes.list}>
        {answer.news.map((item) => (
          <li key={`${item.kind}:${item.what}:${item.judgement}`} className={`card ${classes.news}`}>
            <Item item={item} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Item({ item }: { item: News['news'][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const topicName = useTopicName();
  const { kind, what, judgement, now, before, customers, odds_ratio, low, high } = item;
  const side = SENTIMENTS.find((each) => each === judgement);
  const times = (value: number) => format.number(value, value < 10 ? 1 : 0);
  const share = (of: { share: number; low: number; high: number }) =>
    `${format.share(of.share)} (${format.share(of.low)} – ${format.share(of.high)})`;
  return (
    <>
      <div className={classes.head}>
        <h2>
          {kind === 'topic' ? topicName(what) : `«${what}»`}
          {side && <span className={classes.side}> {t(`comments.judged.${side}`)}</span>}
        </h2>
        <span className="small">{t(`comments.news.kinds.${kind === 'topic' ? 'topic' : 'word'}`)}</span>
      </div>
      <dl className={classes.figures}>
        <div>
          <dt>{t('comments.news.now')}</dt>
          <dd>{share(now)}</dd>
        </div>
        <div>
          <dt>{t('comments.news.before')}</dt>
          <dd>{share(before)}</dd>
        </div>
        <div>
          <dt>{t('comments.news.odds')}</dt>
          <dd>{t('comments.news.times', { times: times(odds_ratio), low: times(low), high: times(high) })}</dd>
        </div>
      </dl>
      <p className="small">
        {t('comments.count', { count: now.comments, n: format.number(now.comments) })}{' '}
        {t('listening.customers', { count: customers, n: format.number(customers) })}
      </p>
      <ul className={classes.list}>
        {item.quotes.map((quote) => (
          <li key={quote.event}>
            <CommentCard comment={quote} isShort />
          </li>
        ))}
      </ul>
    </>
  );
}
