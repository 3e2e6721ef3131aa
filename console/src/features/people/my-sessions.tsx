import { Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { Dialog } from '@/ui/dialog';
import { Answer, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { browserName } from './browser-name';
import classes from './people.module.css';
import { mySessionsQuery } from './queries';

/** Where the person is signed in, and the way to end it. */
export function MySessions({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const query = useQuery(mySessionsQuery);
  const end = useMutation({
    mutationFn: async (id: string | null) => {
      if (id) await api.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } });
      else await api.DELETE('/api/v1/sessions');
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: mySessionsQuery.queryKey }),
  });
  return (
    <Dialog title={t('people.sessions.title')} onClose={onClose}>
      <Answer query={query}>
        {({ sessions }) => (
          <>
            <ul className={classes.list}>
              {sessions.map((session) => (
                <li key={session.id} className={classes.item}>
                  <div>
                    {browserName(session.browser) ?? t('people.sessions.unknown')}
                    <div className="small">
                      {session.is_this
                        ? t('people.sessions.this')
                        : t('people.sessions.seen', { date: format.moment(session.last_seen_at) })}
                    </div>
                  </div>
                  {!session.is_this && (
                    <Button variant="default" size="compact-sm" onClick={() => end.mutate(session.id)}>
                      {t('people.sessions.end')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            {end.isError && <ProblemState error={end.error} isChange />}
            <Group justify="flex-end" mt={16}>
              {sessions.length > 1 && (
                <Button variant="default" loading={end.isPending} onClick={() => end.mutate(null)}>
                  {t('people.sessions.endOthers')}
                </Button>
              )}
            </Group>
          </>
        )}
      </Answer>
    </Dialog>
  );
}
