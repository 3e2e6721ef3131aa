import { Button, Menu, NativeSelect, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { topicsQuery } from '@/features/topics/queries';
import { Icon } from '@/ui/icons';
import { saveBlob } from '@/ui/save';
import { EmptyState, LoadingLines, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { CommentCard } from './comment-card';
import classes from './comments.module.css';
import { commentsQuery, fetchQuotes } from './queries';
import { GROUPS, type Group, SENTIMENTS, type Sentiment, SORTS, type Sort } from './search-params';
import { useAskComments, useCommentsQuestion, useCommentsSearch } from './use-comments';
import { useTopicName } from './use-topic-name';

/** Comments by their words, by what they speak of and how they sound. */
export function CommentSearch() {
  const { t } = useTranslation();
  const format = useFormat();
  const { q, sort } = useCommentsSearch();
  const question = useCommentsQuestion();
  const ask = useAskComments();
  const query = useInfiniteQuery(commentsQuery({ q, sort, ...question }));
  const pages = query.data?.pages;
  const comments = pages?.flatMap((page) => page.comments) ?? [];
  const total = pages?.[0]?.total ?? 0;
  const isNarrowed = [q, question.topic, question.sentiment, question.group].some((each) => each !== undefined);
  return (
    <div className={classes.stack}>
      <Question />
      {query.isError && <ProblemState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <LoadingLines lines={12} />}
      {pages && comments.length === 0 && (
        <EmptyState
          title={t(isNarrowed ? 'comments.none.narrowed' : 'comments.none.title')}
          action={
            isNarrowed && (
              <Button
                variant="default"
                onClick={() => ask({ q: undefined, topic: undefined, sentiment: undefined, group: undefined })}
              >
                {t('comments.none.widen')}
              </Button>
            )
          }
        >
          {t(isNarrowed ? 'comments.none.narrowedSay' : 'comments.none.say')}
        </EmptyState>
      )}
      {comments.length > 0 && (
        <>
          <div className={classes.head}>
            <p aria-live="polite">
              <b>{t('comments.found', { count: total, n: format.number(total) })}</b>
            </p>
            <div className={classes.tools}>
              {q !== undefined && (
                <NativeSelect
                  size="xs"
                  aria-label={t('comments.sort')}
                  value={sort ?? 'relevance'}
                  onChange={(event) => ask({ sort: event.currentTarget.value as Sort }, { replace: true })}
                  data={SORTS.map((value) => ({ value, label: t(`comments.sorts.${value}`) }))}
                />
              )}
              <Quotes />
            </div>
          </div>
          <ul className={classes.list}>
            {comments.map((comment) => (
              <li key={comment.event} className="card">
                <CommentCard comment={comment} />
              </li>
            ))}
          </ul>
          {query.hasNextPage && (
            <Button
              variant="default"
              className={classes.more}
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t('comments.more')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

function Question() {
  const { t } = useTranslation();
  const { q, topic, sentiment, group } = useCommentsSearch();
  const ask = useAskComments();
  const topicName = useTopicName();
  const [typed, setTyped] = useState(q ?? '');
  // Back and forward change the address from outside.
  useEffect(() => setTyped(q ?? ''), [q]);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    ask({ q: typed.trim() || undefined });
  };
  const known = useQuery(topicsQuery).data?.topics.filter(({ is_hidden }) => !is_hidden) ?? [];
  const topics = known.map(({ id }) => id).toSorted((a, b) => topicName(a).localeCompare(topicName(b)));
  const isAdded = topic !== undefined && !topics.includes(topic);
  return (
    <form className={classes.question} onSubmit={handleSubmit}>
      <TextInput
        className={classes.words}
        type="search"
        maxLength={500}
        aria-label={t('comments.words')}
        placeholder={t('comments.wordsSay')}
        leftSection={<Icon name="search" size={16} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <NativeSelect
        aria-label={t('comments.topic')}
        value={topic ?? ''}
        onChange={(event) => ask({ topic: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: t('comments.anyTopic') },
          ...(isAdded ? [{ value: topic, label: topicName(topic) }] : []),
          ...topics.map((value) => ({ value, label: topicName(value) })),
        ]}
      />
      <NativeSelect
        aria-label={t('comments.sentiment')}
        value={sentiment ?? ''}
        onChange={(event) => ask({ sentiment: (event.currentTarget.value || undefined) as Sentiment | undefined })}
        data={[
          { value: '', label: t('comments.anySentiment') },
          ...SENTIMENTS.map((value) => ({ value, label: t(`comments.sentiments.${value}`) })),
        ]}
      />
      <NativeSelect
        aria-label={t('comments.group')}
        value={group ?? ''}
        onChange={(event) => ask({ group: (event.currentTarget.value || undefined) as Group | undefined })}
        data={[
          { value: '', label: t('comments.anyGroup') },
          ...(['nps', 'csat', 'ces'] as const).map((metric) => ({
            group: t(`listening.metrics.${metric}`),
            items: groupsOf(metric).map((value) => ({ value, label: t(`comments.groups.${value}`) })),
          })),
        ]}
      />
      <Button type="submit">{t('comments.search')}</Button>
    </form>
  );
}

const groupsOf = (metric: string) => (Object.keys(GROUPS) as Group[]).filter((group) => GROUPS[group][0] === metric);

/** A few comments that stand for those of the question, as a file for a report. */
function Quotes() {
  const { t } = useTranslation();
  const question = useCommentsQuestion();
  const save = useMutation({
    mutationFn: async (format: 'csv' | 'markdown') => {
      const text = await fetchQuotes(question, format);
      const isCsv = format === 'csv';
      // The mark tells spreadsheets that it is UTF-8.
      const body = isCsv ? `\uFEFF${text}` : text;
      saveBlob(isCsv ? 'quotes.csv' : 'quotes.md', new Blob([body], { type: isCsv ? 'text/csv' : 'text/markdown' }));
    },
  });
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" size="xs" loading={save.isPending} data-look="quotes">
            {t('comments.quotes.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('comments.quotes.say')}</Menu.Label>
          <Menu.Item onClick={() => save.mutate('markdown')}>{t('comments.quotes.markdown')}</Menu.Item>
          <Menu.Item onClick={() => save.mutate('csv')}>{t('comments.quotes.csv')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {save.isError && <ProblemState error={save.error} />}
    </>
  );
}
