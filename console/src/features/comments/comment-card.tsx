import { Button, CopyButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comment } from '@/api/client';
import { Answer, LoadingLines } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './comments.module.css';
import { similarQuery } from './queries';
import { SENTIMENTS } from './search-params';
import { useTopicName } from './use-topic-name';

/** What a customer wrote, where it comes from, what it speaks of, and what is like it. */
export function CommentCard({ comment, isShort = false }: { comment: Comment; isShort?: boolean }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const quote = `«${comment.text.trim()}» (${useSources(comment).join(' · ')})`;
  return (
    <article className={classes.comment}>
      <From comment={comment} />
      <Words comment={comment} />
      {!isShort && (
        <div className={classes.foot}>
          <Chips comment={comment} />
          <span className={classes.tools}>
            <CopyButton value={quote}>
              {({ copied, copy }) => (
                <Button variant="subtle" size="compact-xs" onClick={copy}>
                  {t(copied ? 'frame.copied' : 'comments.copy')}
                </Button>
              )}
            </CopyButton>
            <Button
              variant="subtle"
              size="compact-xs"
              aria-expanded={isOpen}
              data-look="similar"
              onClick={() => setOpen(!isOpen)}
            >
              {t(isOpen ? 'comments.similar.hide' : 'comments.similar.show')}
            </Button>
          </span>
        </div>
      )}
      {isOpen && <Similar event={comment.event} />}
    </article>
  );
}

/** The text in its own direction, with what was looked for marked. */
function Words({ comment }: { comment: Comment }) {
  return (
    <p className={classes.text} dir="auto" lang={comment.language ?? undefined}>
      {comment.parts.map(({ text, is_match }, place) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
        return is_match ? <mark key={place}>{text}</mark> : <Fragment key={place}>{text}</Fragment>;
      })}
    </p>
  );
}

/** What was answered beside a comment, when and where. */
function useSources(comment: Comment): string[] {
  const format = useFormat();
  const places = [comment.channel, comment.unit].filter((name) => name != null);
  const answers = Object.entries(comment.answers).map(
    ([metric, value]) => `${metric.toUpperCase()} ${format.number(value, Number.isInteger(value) ? 0 : 1)}`,
  );
  return [...answers, format.moment(comment.occurred_at, 'date'), ...places];
}

function From({ comment }: { comment: Comment }) {
  const { t } = useTranslation();
  const sources = useSources(comment);
  const sentiment = SENTIMENTS.find((each) => each === comment.sentiment);
  return (
    <div className={classes.from}>
      {sentiment && (
        <span className={classes.sentiment} data-sentiment={sentiment}>
          {t(`comments.sentiments.${sentiment}`)}
        </span>
      )}
      <span className="small">{sources.join(' · ')}</span>
      {comment.customer && (
        <Link to="/customers/$customer" params={{ customer: comment.customer }} className="small">
          {t('comments.customer')}
        </Link>
      )}
    </div>
  );
}

function Chips({ comment }: { comment: Comment }) {
  const { t } = useTranslation();
  const topicName = useTopicName();
  return (
    <ul className={classes.chips} aria-label={t('comments.speaksOf')}>
      {comment.topics.map(({ topic, judgement }) => {
        const said = SENTIMENTS.find((each) => each === judgement) ?? 'neutral';
        return (
          <li key={`${topic}:${judgement}`}>
            <Link
              to="/listening/comments"
              search={(before) => ({ ...before, view: undefined, topic: `${topic}:${judgement}` })}
              className={classes.chip}
              data-sentiment={said}
            >
              {topicName(topic)}
              <span className="visually-hidden"> ({t(`comments.judged.${said}`)})</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function Similar({ event }: { event: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery(similarQuery(event));
  return (
    <section className={classes.similar} aria-label={t('comments.similar.title')}>
      <Answer
        query={query}
        loading={<LoadingLines lines={4} />}
        isEmpty={({ similar }) => similar.length === 0}
        empty={<p className="muted">{t('comments.similar.none')}</p>}
      >
        {({ similar }) => (
          <ul className={classes.list}>
            {similar.map(({ similarity, copies, ...comment }) => (
              <li key={comment.event}>
                <CommentCard comment={comment} isShort />
                <p className="small">
                  {t('comments.similar.alike', { share: format.roundShare(similarity) })}
                  {copies > 1 && ` · ${t('comments.similar.copies', { count: copies, n: format.number(copies) })}`}
                </p>
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </section>
  );
}
