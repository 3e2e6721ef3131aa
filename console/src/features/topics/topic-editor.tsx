import { Button, Switch, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Topic } from '@/api/client';
import { useMay } from '@/api/session';
import { ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { saveTopics, topicsQuery } from './queries';
import { TopicCheck } from './topic-check';
import { BOTH, type Draft, draftOf, editOf, editsWith, isReady, type Language, newDraft, saysNothing } from './topics';
import classes from './topics.module.css';
import { All, nameIn } from './topics-page';

/** After so many milliseconds without a key the draft is checked. */
const PAUSE_MS = 400;

/** One topic: what it is called, by which words it is found, its examples, and what all that finds. */
export function TopicEditor({ topic, topics, version }: { topic?: Topic; topics: readonly Topic[]; version: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayChange = useMay()('manage_topics');
  const [draft, setDraft] = useState<Draft>(topic ? draftOf(topic) : newDraft);
  const [checked] = useDebouncedValue(draft, PAUSE_MS);
  const edit = editOf(draft);
  const isTaken = draft.isNew && topics.some(({ id }) => id === edit.id);
  const canSave = isReady(draft, topic) && !isTaken;
  const isOwn = topic?.shipped == null;
  const save = useMutation({
    mutationFn: (isKept: boolean) => {
      const wanted = isKept && (isOwn || !saysNothing(edit)) ? edit : null;
      return saveTopics(version, editsWith(topics, edit.id, wanted));
    },
    onSuccess: async (_, isKept) => {
      await queries.invalidateQueries({ queryKey: topicsQuery.queryKey });
      void queries.invalidateQueries({ queryKey: ['comments'] });
      notifications.show({ message: t(isKept ? 'topics.saved' : 'topics.removed') });
      void navigate({ to: '/listening/topics', search: {} });
    },
    // Somebody else may have changed them: then the next attempt is beside what they wrote.
    onError: () => queries.invalidateQueries({ queryKey: topicsQuery.queryKey }),
  });
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) save.mutate(true);
  };
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <div className={classes.stack}>
      <div className={classes.head}>
        <h2>{topic ? nameIn(topic, format.language) : t('topics.make')}</h2>
        <All />
      </div>
      <div className={classes.columns}>
        <form className={`card ${classes.form}`} onSubmit={handleSubmit}>
          {!isOwn && <p className="muted">{t('topics.shippedSay')}</p>}
          <fieldset disabled={!mayChange} className={classes.fields}>
            <Pair draft={draft.name} onChange={(name) => change({ name })} kind="name" topic={topic} />
            {isTaken && <p role="alert">{t('topics.taken', { id: edit.id })}</p>}
            <Pair draft={draft.expressions} onChange={(expressions) => change({ expressions })} kind="expressions" />
            <p className="small">{t('topics.fields.expressionsSay')}</p>
            {topic?.shipped && <Shipped topic={topic} />}
            <Pair draft={draft.examples} onChange={(examples) => change({ examples })} kind="examples" />
            <p className="small">{t('topics.fields.examplesSay')}</p>
            <Switch
              label={t('topics.fields.hidden')}
              description={t('topics.fields.hiddenSay')}
              checked={draft.isHidden}
              onChange={(event) => change({ isHidden: event.currentTarget.checked })}
            />
          </fieldset>
          {mayChange && (
            <div className={classes.actions}>
              <Button type="submit" disabled={!canSave} loading={save.isPending && save.variables}>
                {t('topics.save')}
              </Button>
              {topic?.edit && (
                <Button
                  variant="default"
                  loading={save.isPending && !save.variables}
                  onClick={() => save.mutate(false)}
                  data-look="remove-topic"
                >
                  {t(isOwn ? 'topics.remove' : 'topics.restore')}
                </Button>
              )}
            </div>
          )}
          {save.isError && <ProblemState error={save.error} isChange />}
        </form>
        {mayChange && <TopicCheck draft={checked} topic={topic} />}
      </div>
    </div>
  );
}

/** The same in both languages, side by side. */
function Pair({
  kind,
  draft,
  topic,
  onChange,
}: {
  kind: 'name' | 'expressions' | 'examples';
  draft: Record<Language, string>;
  topic?: Topic;
  onChange: (changed: Record<Language, string>) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={classes.pair}>
      {BOTH.map((language) => {
        const label = t(`topics.fields.${kind}`, { language: t(`topics.languages.${language}`) });
        const given = {
          label,
          lang: language,
          value: draft[language],
          onChange: (event: { currentTarget: { value: string } }) =>
            onChange({ ...draft, [language]: event.currentTarget.value }),
        };
        if (kind === 'name')
          return <TextInput key={language} maxLength={60} placeholder={topic?.shipped?.name[language]} {...given} />;
        return <Textarea key={language} autosize minRows={3} maxRows={14} spellCheck={false} {...given} />;
      })}
    </div>
  );
}

/** What the program brings along, which stays. */
function Shipped({ topic }: { topic: Topic }) {
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t('topics.shipped')}</summary>
      {BOTH.map((language) => (
        <p key={language} className={`small ${classes.said}`} lang={language}>
          <b>{t(`topics.languages.${language}`)}</b>: {topic.shipped?.expressions[language].join(' · ')}
        </p>
      ))}
    </details>
  );
}
