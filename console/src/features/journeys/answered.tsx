import { Button } from '@mantine/core';
import { hashKey, type QueryKey, type UseQueryResult, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './answered.module.css';
import { useAskedText } from './use-asked-text';
import { tellSeconds, waitOf } from './waiting';

interface Part {
  query: UseQueryResult<unknown>;
  queryKey: QueryKey;
}

/**
 * An answer in its states. While it is on its way for longer than a moment, it says so, since when and what is asked, and it can be stopped;
 * the answer to the question before stays, dimmed.
 */
export function Answered<T>({
  query,
  queryKey,
  other = null,
  asked,
  height,
  isEmpty,
  empty,
  children,
}: {
  query: UseQueryResult<T>;
  queryKey: QueryKey;
  /** The same question about what it is compared with. */
  other?: (Part & { name: string }) | null;
  /** What is asked, in words, where it is not the question of the page. */
  asked?: string;
  height: number;
  isEmpty?: (data: T) => boolean;
  empty?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const parts: Part[] = [{ query, queryKey }, ...(other ? [other] : [])];
  const own = waitOf(query);
  const waits = parts.map((part) => waitOf(part.query));
  const isWaiting = waits.includes('waiting');
  const isStopped = !isWaiting && waits.includes('stopped');
  const seconds = useSeconds(isWaiting, parts.map((part) => hashKey(part.queryKey)).join());
  const isTold = seconds !== null || isStopped;
  const isOld = isTold && own !== 'answered' && query.data !== undefined;

  function stop() {
    for (const part of parts)
      if (waitOf(part.query) === 'waiting') void queries.cancelQueries({ queryKey: part.queryKey, exact: true });
  }
  function askAgain() {
    for (const part of parts) if (waitOf(part.query) === 'stopped') void part.query.refetch();
  }

  return (
    <div className={classes.answered} aria-busy={isWaiting} data-told={isTold || undefined}>
      {isTold && (
        <Progress
          seconds={isWaiting ? seconds : null}
          asked={asked}
          comparedWith={own === 'answered' && other ? other.name : null}
          isOld={isOld}
          onStop={stop}
          onAskAgain={askAgain}
        />
      )}
      <div className={isOld ? classes.old : undefined} data-look={isOld ? 'before' : undefined}>
        <Answer
          query={query}
          loading={
            <div className={isTold && asked === undefined ? 'card' : undefined} style={{ height }}>
              {!isStopped && <div className={classes.loading} role="status" aria-label={t('frame.loading')} />}
            </div>
          }
          isEmpty={isEmpty}
          empty={empty}
        >
          {children}
        </Answer>
      </div>
      <Announcement isWaiting={isWaiting && seconds !== null} isStopped={isStopped} asked={asked} />
    </div>
  );
}

/** The seconds that it has been waited, once it is longer than a moment; another question that takes the place of a slow one starts at zero. */
function useSeconds(isWaiting: boolean, question: string): number | null {
  const [seconds, setSeconds] = useState<number | null>(null);
  const isTold = useRef(false);
  isTold.current = isWaiting && seconds !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question is another wait
  useEffect(() => {
    if (!isWaiting) {
      setSeconds(null);
      return;
    }
    return tellSeconds(setSeconds, isTold.current ? 0 : undefined);
  }, [isWaiting, question]);
  return isWaiting ? seconds : null;
}

function Progress({
  seconds,
  asked,
  comparedWith,
  isOld,
  onStop,
  onAskAgain,
}: {
  /** None once it is stopped. */
  seconds: number | null;
  asked: string | undefined;
  /** What is still asked about, when the own side is answered. */
  comparedWith: string | null;
  isOld: boolean;
  onStop: () => void;
  onAskAgain: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const question = useAskedText();
  const isWaiting = seconds !== null;
  return (
    <div className={classes.place}>
      <div className={classes.progress} data-look="progress">
        {isWaiting && <span className={classes.motion} aria-hidden="true" />}
        <div className={classes.head}>
          <span className={classes.title}>
            {isWaiting
              ? comparedWith === null
                ? t('journeys.progress.title')
                : t('journeys.compare.waiting', { name: comparedWith })
              : t('journeys.progress.stopped')}
          </span>
          {isWaiting && (
            <span className={classes.seconds}>{t('journeys.progress.seconds', { n: format.number(seconds) })}</span>
          )}
        </div>
        <p className={classes.asked}>{asked ?? question}</p>
        <div className={classes.foot}>
          {isOld && <p className="small">{t('journeys.progress.before')}</p>}
          <Button size="xs" variant="default" onClick={isWaiting ? onStop : onAskAgain} data-look="stop">
            {t(isWaiting ? 'journeys.progress.stop' : 'journeys.progress.again')}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Told once to those who do not see it: that it takes a while, or that it was stopped. */
function Announcement({
  isWaiting,
  isStopped,
  asked,
}: {
  isWaiting: boolean;
  isStopped: boolean;
  asked: string | undefined;
}) {
  const { t } = useTranslation();
  const question = useAskedText();
  return (
    <p className="visually-hidden" aria-live="polite" data-look="announcement">
      {isWaiting && t('journeys.progress.announced', { asked: asked ?? question })}
      {isStopped && t('journeys.progress.stopped')}
    </p>
  );
}
