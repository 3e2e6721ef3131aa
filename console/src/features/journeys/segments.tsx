import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { asProblem } from '@/api/problem';
import { useMay } from '@/api/session';
import { Dialog } from '@/ui/dialog';
import { Phrase, PhraseChoice } from '@/ui/phrase-choice';
import choices from '@/ui/phrase-choice.module.css';
import { LoadingLines, ProblemState, useProblemText } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import type { BehindQuestion } from './behind';
import { NameForm } from './saved-dialogs';
import classes from './segments.module.css';
import { useAsk, useExplorerSearch } from './use-explorer';
import { segmentSizesQuery, segmentsQuery, useSegmentName } from './use-segments';

/** The words of the sentence that say of whom it is. */
export function SegmentWord() {
  const { t } = useTranslation();
  const { segment } = useExplorerSearch();
  const { data } = useQuery(segmentsQuery);
  const nameOf = useSegmentName();
  const ask = useAsk();
  const segments = data?.segments ?? [];
  if (segments.length === 0 && segment === undefined) return null;
  const choose = (chosen: string | undefined) =>
    ask({ segment: chosen, ...(chosen === undefined ? { against: undefined, otherSegment: undefined } : {}) });
  return (
    <>
      <span>{t('journeys.segments.of')}</span>
      <Phrase
        text={segment === undefined ? t('journeys.segments.everybody') : nameOf(segment)}
        label={t('journeys.segments.label')}
        look="segment"
      >
        {(close) => (
          <div className={classes.menu}>
            <ul className={choices.choices}>
              {[undefined, ...segments.map(({ id }) => id)].map((id) => (
                <li key={id ?? 'everybody'}>
                  <button
                    type="button"
                    aria-pressed={id === segment}
                    onClick={() => {
                      choose(id);
                      close();
                    }}
                  >
                    {id === undefined ? t('journeys.segments.everybody') : nameOf(id)}
                  </button>
                </li>
              ))}
            </ul>
            {segment !== undefined && <Past id={segment} onDeleted={() => choose(undefined)} />}
          </div>
        )}
      </Phrase>
    </>
  );
}

/** Another segment to compare with. */
export function OtherSegmentWord() {
  const { t } = useTranslation();
  const { segment, otherSegment = '' } = useExplorerSearch();
  const { data } = useQuery(segmentsQuery);
  const ask = useAsk();
  const others = (data?.segments ?? []).filter(({ id }) => id !== segment);
  const none = { value: '', text: t('journeys.segments.choose') };
  return (
    <PhraseChoice
      label={t('journeys.segments.other')}
      values={[...(otherSegment === '' ? [none] : []), ...others.map(({ id, name }) => ({ value: id, text: name }))]}
      chosen={otherSegment}
      onChoose={(chosen) => ask({ otherSegment: chosen === '' ? undefined : chosen })}
    />
  );
}

/** How many belonged to a segment over the last weeks, and the way to get rid of it. */
function Past({ id, onDeleted }: { id: string; onDeleted: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay();
  const queries = useQueryClient();
  const sizes = useQuery(segmentSizesQuery(id));
  const nameOf = useSegmentName();
  const [isSure, setSure] = useState(false);
  const deleting = useMutation({
    mutationFn: () => api.DELETE('/api/v1/segments/{id}', { params: { path: { id } } }),
    onSuccess: async () => {
      notifications.show({ title: t('journeys.segments.deleted'), message: nameOf(id) });
      onDeleted();
      await queries.invalidateQueries({ queryKey: segmentsQuery.queryKey });
    },
  });
  if (sizes.isError) return <ProblemState error={sizes.error} onRetry={() => void sizes.refetch()} />;
  if (!sizes.data) return <LoadingLines lines={3} />;
  const { customers, weeks } = sizes.data;
  const most = Math.max(customers, ...weeks.map((week) => week.customers), 1);
  return (
    <div className={classes.past}>
      <p className="small">{t('journeys.segments.now', { count: customers, n: format.number(customers) })}</p>
      <ol className={classes.weeks} aria-label={t('journeys.segments.weeks')}>
        {[...weeks, { day: null, customers }].map((week) => (
          <li key={week.day ?? 'now'}>
            <span className={classes.bar} style={{ height: `${Math.max(2, (week.customers / most) * 40)}px` }} />
            <span className="visually-hidden">
              {t(week.day === null ? 'journeys.segments.today' : 'journeys.segments.week', {
                day: week.day === null ? '' : format.day(week.day),
                n: format.number(week.customers),
              })}
            </span>
          </li>
        ))}
      </ol>
      <p className="small">
        {weeks[0] &&
          t('journeys.segments.since', { day: format.day(weeks[0].day), n: format.number(weeks[0].customers) })}
      </p>
      {deleting.isError && <ProblemState error={deleting.error} isChange />}
      {may('save_questions') && (
        <Button
          variant="default"
          size="compact-xs"
          loading={deleting.isPending}
          onClick={() => (isSure ? deleting.mutate() : setSure(true))}
        >
          {t(isSure ? 'journeys.segments.deleteSure' : 'journeys.segments.delete')}
        </Button>
      )}
    </div>
  );
}

/** The query of the interface that lists the customers of a question. */
export function queryOf(question: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(question))
    for (const each of Array.isArray(value) ? value : value === undefined ? [] : [value]) query.append(name, `${each}`);
  return query.toString();
}

/** Keeps the customers of a question as a segment. */
export function SaveSegment({ question, onClose }: { question: BehindQuestion; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const textOf = useProblemText();
  const saving = useMutation({
    mutationFn: (name: string) =>
      answer(api.POST('/api/v1/segments', { body: { name, customers: queryOf(question) } })),
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: segmentsQuery.queryKey });
      notifications.show({ title: t('journeys.segments.kept'), message: saved.name });
      onClose();
    },
  });
  return (
    <Dialog title={t('journeys.segments.keepTitle')} onClose={onClose}>
      <NameForm
        name=""
        error={saving.isError ? textOf(asProblem(saving.error)) : null}
        isBusy={saving.isPending}
        confirm={t('journeys.segments.confirm')}
        onName={(name) => saving.mutate(name)}
        onClose={onClose}
      >
        <p className="small">{t('journeys.segments.say')}</p>
        {(question.from ?? question.to) && <p className="small">{t('journeys.segments.fixedPeriod')}</p>}
      </NameForm>
    </Dialog>
  );
}
