import { Button, Switch, VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type DeadCount, type DeadLetter } from '@/api/client';
import { Scrollable } from '@/ui/scrollable';
import { EmptyState, LoadingLines, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { MendLetter } from './mend-letter';
import { type DeadOnly, deadLettersQuery } from './queries';
import classes from './sources.module.css';
import { useReason } from './use-reason';

/** What arrived and is no event, with the reason, and another try. */
export function DeadLetters() {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const [withRaw, setWithRaw] = useState(false);
  const [only, setOnly] = useState<DeadOnly>({});
  const [mended, setMended] = useState<string | null>(null);
  const query = useInfiniteQuery({ ...deadLettersQuery(withRaw, only), placeholderData: keepPreviousData });
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
  const counts = query.data.pages[0]?.counts ?? [];
  if (letters.length === 0 && counts.length === 0)
    return <EmptyState title={t('collect.dead.none')}>{t('collect.dead.noneSay')}</EmptyState>;
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
      <Counts counts={counts} only={only} onOnly={setOnly} />
      {replay.isError && <ProblemState error={replay.error} isChange />}
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
              <th scope="col">
                <VisuallyHidden>{t('collect.keys.actions')}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {letters.map((letter) => (
              <Letter key={letter.id} letter={letter} onMend={() => setMended(letter.id)} />
            ))}
          </tbody>
        </table>
      </Scrollable>
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('collect.dead.more')}
        </Button>
      )}
      {mended !== null && <MendLetter id={mended} onClose={() => setMended(null)} />}
    </div>
  );
}

/** How many there are of each reason and source; one of them limits the list. */
function Counts({
  counts,
  only,
  onOnly,
}: {
  counts: readonly DeadCount[];
  only: DeadOnly;
  onOnly: (only: DeadOnly) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = useReason();
  if (counts.length < 2) return null;
  return (
    <fieldset className={classes.mapping}>
      <legend>{t('collect.dead.by')}</legend>
      <div className={classes.codes}>
        {counts.map(({ code, source, letters }) => {
          const isChosen = only.code === code && only.source === source;
          return (
            <button
              key={`${code} ${source}`}
              type="button"
              className={classes.code}
              aria-pressed={isChosen}
              onClick={() => onOnly(isChosen ? {} : { code, source })}
            >
              {t('collect.dead.count', { reason: reason(code), source, n: format.number(letters) })}
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

function Letter({ letter, onMend }: { letter: DeadLetter; onMend: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = useReason();
  return (
    <tr>
      <td>
        {reason(letter.code)}
        <div className="small" lang="en">
          {letter.detail}
        </div>
        {letter.raw != null && <pre className={classes.raw}>{letter.raw}</pre>}
        {letter.raw == null && letter.raw_base64 != null && (
          <div className="small">{t('collect.dead.binary', { n: format.number(letter.raw_base64.length) })}</div>
        )}
      </td>
      <td>{letter.source}</td>
      <td className={classes.date}>{t('collect.dead.place', { n: format.number(letter.index) })}</td>
      <td className={classes.date}>{format.moment(letter.received_at)}</td>
      <td>
        <Button
          variant="default"
          size="xs"
          data-look="mend"
          aria-label={t('collect.mend.openOne', { id: letter.id })}
          onClick={onMend}
        >
          {t('collect.mend.open')}
        </Button>
      </td>
    </tr>
  );
}
