import { Button, Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type DeadLetter } from '@/api/client';
import { es } from '@/locales/es';
import { Scrollable } from '@/ui/scrollable';
import { EmptyState, LoadingLines, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { deadLettersQuery } from './queries';
import classes from './sources.module.css';

/** What arrived and is no event, with the reason, and another try. */
export function DeadLetters() {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const [withRaw, setWithRaw] = useState(false);
  const query = useInfiniteQuery({ ...deadLettersQuery(withRaw), placeholderData: keepPreviousData });
  const replay = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/dead-letters/replay')),
    onSuccess: ({ read, stored, duplicate, dead }) => {
      notifications.show({
        title: t('collect.dead.replayed', { read: format.number(read) }),
        message: t('collect.dead.replayedSay', {
          stored: format.number(stored),
          duplicate: format.number(duplicate),
          dead: format.number(dead),
        }),
      });
      // What has become events is part of every answer now.
      void queries.invalidateQueries();
    },
  });

  if (query.isError && !query.data) return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <LoadingLines />;
  const letters = query.data.pages.flatMap((page) => page.dead_letters);
  if (letters.length === 0) return <EmptyState title={t('collect.dead.none')}>{t('collect.dead.noneSay')}</EmptyState>;
  return (
    <div className={classes.stack}>
      <p className="muted">{t('collect.dead.say')}</p>
      <div className={classes.bar}>
        <Switch
          size="sm"
          label={t('collect.dead.raw')}
          description={t('collect.dead.rawSay')}
          checked={withRaw}
          onChange={(event) => setWithRaw(event.currentTarget.checked)}
        />
        <div className={classes.replay}>
          <Button variant="default" loading={replay.isPending} onClick={() => replay.mutate()}>
            {t('collect.dead.replay')}
          </Button>
          <span className="small">{t('collect.dead.replaySay')}</span>
        </div>
      </div>
      {replay.isError && <ProblemState error={replay.error} />}
      {query.isError && <ProblemState error={query.error} />}
      <Scrollable className={`card ${classes.table}`} label={t('collect.tabs.dead')}>
        <table className="plain">
          <thead>
            <tr>
              {(['reason', 'source', 'place', 'arrived'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`collect.dead.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {letters.map((letter) => (
              <Letter key={letter.id} letter={letter} />
            ))}
          </tbody>
        </table>
      </Scrollable>
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('collect.dead.more')}
        </Button>
      )}
    </div>
  );
}

export function useReason(): (code: string) => string {
  const { t } = useTranslation();
  const codes = es.collect.dead.codes;
  return (code) => (code in codes ? t(`collect.dead.codes.${code as keyof typeof codes}`) : code);
}

function Letter({ letter }: { letter: DeadLetter }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = useReason();
  return (
    <tr>
      <td>
        {reason(letter.code)}
        <div className="small">{letter.detail}</div>
        {letter.raw != null && <pre className={classes.raw}>{letter.raw}</pre>}
        {letter.raw == null && letter.raw_base64 != null && (
          <div className="small">{t('collect.dead.binary', { n: format.number(letter.raw_base64.length) })}</div>
        )}
      </td>
      <td>{letter.source}</td>
      <td className={classes.date}>{t('collect.dead.place', { n: format.number(letter.index) })}</td>
      <td className={classes.date}>{format.moment(letter.received_at)}</td>
    </tr>
  );
}
