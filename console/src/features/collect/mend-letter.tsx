import { Button, Group, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type DeadLetter, type ReplayedLetter } from '@/api/client';
import { Dialog } from '@/ui/dialog';
import { Answer, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { advisedFor } from './advice';
import { deadLetterQuery } from './queries';
import classes from './sources.module.css';
import { useReason } from './use-reason';

/** One dead letter: what came, why it is no event, what to do, and the place to do it. */
export function MendLetter({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const letter = useQuery(deadLetterQuery(id));
  return (
    <Dialog title={t('collect.mend.title')} onClose={onClose}>
      <Answer query={letter}>{(found) => <Mend letter={found} onClose={onClose} />}</Answer>
    </Dialog>
  );
}

/** JSON is easier to mend on lines of its own; what is none stays as it came. */
function laidOut(raw: string, form: string): string {
  if (form !== 'call') return raw;
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}

function Mend({ letter, onClose }: { letter: DeadLetter; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = useReason();
  const queries = useQueryClient();
  const came = letter.raw ?? '';
  const shown = laidOut(came, letter.form);
  const [text, setText] = useState(shown);
  const [still, setStill] = useState<ReplayedLetter | null>(null);
  const isChanged = text !== shown;
  const replay = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/dead-letters/{id}/replay', {
          params: { path: { id: letter.id } },
          body: isChanged ? { raw: text } : {},
        }),
      ),
    onSuccess: (became) => {
      if (became.became === 'dead') {
        setStill(became);
        return;
      }
      notifications.show({ message: t(`collect.mend.became.${became.became === 'event' ? 'event' : 'duplicate'}`) });
      void queries.invalidateQueries();
      onClose();
    },
  });
  const code = still?.code ?? letter.code;
  return (
    <form
      className={classes.mend}
      onSubmit={(event) => {
        event.preventDefault();
        replay.mutate();
      }}
    >
      <p className="small">
        {letter.source} · {t('collect.dead.place', { n: format.number(letter.index) })} ·{' '}
        {format.moment(letter.received_at)}
      </p>
      <div role="status">
        <strong>{still ? t('collect.mend.still', { reason: reason(code) }) : reason(code)}</strong>
        <div className="small" lang="en">
          {still?.detail ?? letter.detail}
        </div>
        <p className="small">{t(`collect.mend.advice.${advisedFor(code)}`)}</p>
      </div>
      {letter.raw == null ? (
        <p>{t('collect.mend.binary')}</p>
      ) : (
        <Textarea
          label={t(letter.form === 'row' ? 'collect.mend.row' : 'collect.mend.event')}
          description={t('collect.mend.keeps')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={4}
          maxRows={16}
          spellCheck={false}
        />
      )}
      {replay.isError && <ProblemState error={replay.error} isChange />}
      <Group justify="flex-end" gap={8}>
        {isChanged && (
          <Button variant="subtle" onClick={() => setText(shown)}>
            {t('collect.mend.undo')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t('frame.cancel')}
        </Button>
        <Button type="submit" loading={replay.isPending}>
          {isChanged ? t('collect.mend.send') : t('collect.mend.again')}
        </Button>
      </Group>
    </form>
  );
}
