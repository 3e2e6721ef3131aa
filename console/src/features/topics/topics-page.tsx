import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Topic } from '@/api/client';
import { useMay } from '@/api/session';
import { ListeningHead } from '@/features/listening/listening-head';
import { Answer, EmptyState, LoadingLines } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { topicCountsQuery, topicsQuery } from './queries';
import { TopicEditor } from './topic-editor';
import classes from './topics.module.css';

/** Expressions that a row shows of a topic. */
const SHOWN = 8;

/** What comments are said to speak of, and by which words. */
export function TopicsPage() {
  const { t } = useTranslation();
  const query = useQuery(topicsQuery);
  const { topic, isNew } = useSearch({ from: '/listening/topics' });
  return (
    <div className="page">
      <ListeningHead page="topics" />
      <Answer query={query} loading={<LoadingLines lines={14} />}>
        {({ topics, version }) => {
          const open = topics.find(({ id }) => id === topic);
          if (isNew || open) return <TopicEditor key={topic ?? ''} topic={open} topics={topics} version={version} />;
          if (topic !== undefined)
            return (
              <EmptyState title={t('topics.missing', { topic })} action={<All />}>
                {t('topics.missingSay')}
              </EmptyState>
            );
          return <List topics={topics} />;
        }}
      </Answer>
    </div>
  );
}

export function All() {
  const { t } = useTranslation();
  return (
    <Link to="/listening/topics" className="small">
      {t('topics.all')}
    </Link>
  );
}

function List({ topics }: { topics: readonly Topic[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const mayChange = useMay()('manage_topics');
  const counts = useQuery(topicCountsQuery).data;
  const named = topics.toSorted((a, b) => nameIn(a, format.language).localeCompare(nameIn(b, format.language)));
  const groups = [
    ['own', named.filter(({ shipped }) => shipped == null)],
    ['shipped', named.filter(({ shipped }) => shipped != null)],
  ] as const;
  return (
    <div className={classes.stack}>
      {mayChange && (
        <div>
          <Button
            onClick={() => void navigate({ to: '/listening/topics', search: { isNew: true } })}
            data-look="new-topic"
          >
            {t('topics.make')}
          </Button>
        </div>
      )}
      {groups.map(([group, of]) => (
        <section key={group} aria-label={t(`topics.groups.${group}`)}>
          <h2>{t(`topics.groups.${group}`)}</h2>
          {of.length === 0 && <p className="muted">{t('topics.noneOwn')}</p>}
          <ul className={`card ${classes.list}`} hidden={of.length === 0}>
            {of.map((topic) => (
              <li key={topic.id}>
                <Row topic={topic} comments={counts && (counts.get(topic.id) ?? 0)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

export const nameIn = ({ id, name }: Topic, language: string) => (language === 'es' ? name.es : name.en) || id;

function Row({ topic, comments }: { topic: Topic; comments: number | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = format.language === 'es' ? 'es' : 'en';
  const own = topic.edit?.expressions?.[language] ?? [];
  const said = [...own, ...(topic.shipped?.expressions[language] ?? [])];
  const state = topic.is_hidden ? 'hidden' : topic.shipped && topic.edit ? 'changed' : undefined;
  return (
    <>
      <div className={classes.head}>
        <h3>
          <Link to="/listening/topics" search={{ topic: topic.id }}>
            {nameIn(topic, language)}
          </Link>
          {state && <span className={classes.state}>{t(`topics.states.${state}`)}</span>}
        </h3>
        {comments !== undefined && !topic.is_hidden && (
          <Link to="/listening/comments" search={{ topic: topic.id }} className="small">
            {t('comments.count', { count: comments, n: format.number(comments) })}
          </Link>
        )}
      </div>
      <p className={`small ${classes.said}`}>
        {said.slice(0, SHOWN).join(' · ')}
        {said.length > SHOWN && ` · ${t('topics.more', { n: format.number(said.length - SHOWN) })}`}
        {said.length === 0 && t('topics.noExpressions')}
      </p>
    </>
  );
}
