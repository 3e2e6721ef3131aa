import { SegmentedControl } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CommentThemes as Themes } from '@/api/client';
import { Findings } from '@/features/journeys/findings';
import { Answer, EmptyState, LoadingBlock } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './comments.module.css';
import { multipleOf } from './multiples';
import { themesQuery } from './queries';
import { DEFAULT_EVERY, EVERY, type Every } from './search-params';
import { useAskComments, useCommentsQuestion, useCommentsSearch } from './use-comments';
import { useTopicName } from './use-topic-name';

const HEIGHT = 56;

type Theme = Themes['themes'][number];

/** What comments speak of, each theme on the same scale as the others. */
export function CommentThemes() {
  const { t } = useTranslation();
  const { every = DEFAULT_EVERY } = useCommentsSearch();
  const ask = useAskComments();
  // What a theme is, is not narrowed by one.
  const { topic: _, ...question } = useCommentsQuestion();
  const query = useQuery(themesQuery(every, question));
  return (
    <div className={classes.stack}>
      <div className={classes.head}>
        <p className="muted">{t('comments.themes.say')}</p>
        <SegmentedControl
          size="xs"
          aria-label={t('listening.trend.every')}
          value={every}
          onChange={(chosen) => ask({ every: chosen as Every }, { replace: true })}
          data={EVERY.map((value) => ({ value, label: t(`listening.trend.by.${value}`) }))}
        />
      </div>
      <Answer
        query={query}
        loading={<LoadingBlock height={420} />}
        isEmpty={({ themes }) => themes.length === 0}
        empty={<EmptyState title={t('comments.themes.none')}>{t('comments.none.say')}</EmptyState>}
      >
        {(answer) => <Loaded answer={answer} />}
      </Answer>
    </div>
  );
}

function Loaded({ answer }: { answer: Themes }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { comments } = answer.whole;
  const told = answer.findings.filter(({ code }) => code !== 'value_never_seen');
  const ends = answer.themes.flatMap(({ periods }) => periods.map(({ share }) => share?.high ?? 0));
  const most = Math.max(0.02, ...ends);
  return (
    <>
      <Findings findings={told} />
      <ul className={classes.themes}>
        {answer.themes.map((theme) => (
          <li key={theme.topic} className="card">
            <ThemeCard theme={theme} answer={answer} most={most} />
          </li>
        ))}
      </ul>
      <p className="small">
        {t('comments.themes.over', { count: comments, n: format.number(comments) })}{' '}
        {t('comments.themes.minimum', { n: format.number(answer.minimum), most: format.share(most) })}
      </p>
    </>
  );
}

function ThemeCard({ theme, answer, most }: { theme: Theme; answer: Themes; most: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const topicName = useTopicName();
  const { comments, share, negative, positive } = theme.total;
  const judged = [
    ['negative', negative],
    ['positive', positive],
  ] as const;
  const between = (of: { low: number; high: number }) =>
    t('listening.groups.between', { low: format.share(of.low), high: format.share(of.high) });
  return (
    <>
      <div className={classes.head}>
        <h2>
          <Link to="/listening/comments" search={(before) => ({ ...before, view: undefined, topic: theme.topic })}>
            {topicName(theme.topic)}
          </Link>
        </h2>
        <span className="small">{t('comments.count', { count: comments, n: format.number(comments) })}</span>
      </div>
      <p>
        {share ? (
          <>
            <b className={classes.share}>{format.share(share.share)}</b> <span className="small">{between(share)}</span>
          </>
        ) : (
          <span className="muted">{t('comments.themes.few')}</span>
        )}
      </p>
      <Picture theme={theme} answer={answer} most={most} />
      <ul className={classes.judged}>
        {judged.map(([side, found]) => (
          <li key={side}>
            <span className={classes.dot} data-sentiment={side} aria-hidden="true" />
            {t(`comments.judged.${side}`)} {found ? <b>{format.share(found.share)}</b> : '–'}{' '}
            {found && <span className="small">{between(found)}</span>}
          </li>
        ))}
      </ul>
      {theme.words.length > 0 && (
        <p className="small">{t('comments.themes.words', { words: theme.words.map(({ word }) => word).join(', ') })}</p>
      )}
    </>
  );
}

function Picture({ theme, answer, most }: { theme: Theme; answer: Themes; most: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const topicName = useTopicName();
  const { ref, width } = useElementSize();
  const wide = Math.max(120, width);
  const shares = theme.periods.map(({ share }) => share ?? null);
  const { lines, bands, points } = multipleOf(shares, most, wide, HEIGHT);
  const [first, last] = [answer.periods.at(0), answer.periods.at(-1)];
  return (
    <div ref={ref}>
      <svg
        width={wide}
        height={HEIGHT + 2}
        className={classes.picture}
        role="img"
        aria-label={t('comments.themes.picture', { topic: topicName(theme.topic) })}
      >
        <line x1={0} x2={wide} y1={HEIGHT} y2={HEIGHT} className={classes.base} />
        {bands.map((band) => (
          <path key={band} d={band} className={classes.band} />
        ))}
        {lines.map((line) => (
          <path key={line} d={line} className={classes.line} />
        ))}
        {points.map(({ x, y, index }) => {
          const period = answer.periods[index];
          const share = shares[index];
          return (
            <circle key={index} cx={x} cy={y} r={points.length > 26 ? 1.5 : 2.5} className={classes.point}>
              {period && share && (
                <title>
                  {`${format.day(period.first_day)}: ${format.share(share.share)} (${format.share(share.low)} – ${format.share(share.high)})`}
                </title>
              )}
            </circle>
          );
        })}
      </svg>
      {first && last && (
        <div className={`small ${classes.ends}`} aria-hidden="true">
          <span>{format.day(first.first_day)}</span>
          {last !== first && <span>{format.day(last.first_day)}</span>}
        </div>
      )}
    </div>
  );
}
