import { Button, CopyButton, Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, isUnreachable, type Problem } from '@/api/problem';
import classes from './states.module.css';

type Kind = 'unreachable' | 'forbidden' | 'missing' | 'invalid' | 'busy' | 'failure';

function kindOf(problem: Problem): Kind {
  if (isUnreachable(problem)) return 'unreachable';
  if (problem.status === 401 || problem.status === 403) return 'forbidden';
  if (problem.status === 404) return 'missing';
  if (problem.status === 429 || problem.status === 503) return 'busy';
  return problem.status >= 500 ? 'failure' : 'invalid';
}

/** What a refusal says: in the reader's language where it has a code of its own, otherwise as the server says it. */
export function useProblemText(): (problem: Problem) => string {
  const { t } = useTranslation();
  const ownWords: Record<string, string> = t('frame.problem.codes', { returnObjects: true });
  return (problem) => ownWords[problem.code] ?? problem.detail;
}

/** Says what went wrong, what to do, and by which number the server's log knows it. */
export function ProblemState({
  error,
  onRetry,
  isPage = false,
  isChange = false,
}: {
  error: unknown;
  onRetry?: () => void;
  /** Whether there is nothing else on the page: then this is its title. */
  isPage?: boolean;
  /** Whether something was to be changed, and no question was asked. */
  isChange?: boolean;
}) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const kind = kindOf(problem);
  const told = kind === 'invalid' && isChange ? 'refused' : kind;
  const detail = useProblemText()(problem);
  const Title = isPage ? 'h1' : 'h2';
  return (
    <div className={classes.state} role="alert">
      <Title className={classes.title}>{t(`frame.problem.${told}.title`)}</Title>
      <p className={classes.say}>{t(`frame.problem.${told}.say`)}</p>
      {kind !== 'unreachable' && detail && <p className={classes.detail}>{detail}</p>}
      <div className={classes.actions}>
        {onRetry && kind !== 'invalid' && kind !== 'missing' && (
          <Button variant="default" onClick={onRetry}>
            {t('frame.retry')}
          </Button>
        )}
        {problem.requestId && (
          <span className={classes.request}>
            {t('frame.requestId')} <code>{problem.requestId}</code> <CopyText text={problem.requestId} />
          </span>
        )}
      </div>
    </div>
  );
}

export function EmptyState({
  title,
  children,
  action,
  isPage = false,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  isPage?: boolean;
}) {
  const Title = isPage ? 'h1' : 'h2';
  return (
    <div className={classes.state}>
      <Title className={classes.title}>{title}</Title>
      {children && <div className={classes.say}>{children}</div>}
      {action && <div className={classes.actions}>{action}</div>}
    </div>
  );
}

/** Grey lines where text will stand. */
export function LoadingLines({ lines = 6 }: { lines?: number }) {
  const { t } = useTranslation();
  return (
    <div className={classes.lines} role="status" aria-label={t('frame.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <Skeleton key={line} height={14} width={`${92 - ((line * 17) % 40)}%`} radius={4} />
      ))}
    </div>
  );
}

export function LoadingBlock({ height }: { height: number | string }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('frame.loading')}>
      <Skeleton height={height} radius={8} />
    </div>
  );
}

/** The four states of an answer: on its way, refused, there but empty, there. */
export function Answer<T>({
  query,
  loading,
  isEmpty,
  empty,
  isPage,
  children,
}: {
  query: UseQueryResult<T>;
  loading?: ReactNode;
  isEmpty?: (data: T) => boolean;
  empty?: ReactNode;
  isPage?: boolean;
  children: (data: T) => ReactNode;
}) {
  if (query.isError) return <ProblemState error={query.error} onRetry={() => void query.refetch()} isPage={isPage} />;
  if (query.data === undefined) return loading ?? <LoadingLines />;
  if (isEmpty?.(query.data)) return empty;
  return children(query.data);
}

export function CopyText({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <button type="button" className={classes.copy} onClick={copy}>
          {copied ? t('frame.copied') : (label ?? t('frame.copy'))}
        </button>
      )}
    </CopyButton>
  );
}
