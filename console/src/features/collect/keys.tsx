import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Key } from '@/api/client';
import { Dialog } from '@/ui/dialog';
import { Icon } from '@/ui/icons';
import { Scrollable } from '@/ui/scrollable';
import { Answer, EmptyState, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { NewKey } from './new-key';
import { keysQuery } from './queries';
import classes from './sources.module.css';

const SCOPES = ['collect', 'read', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export function scopeOf(scope: string): Scope | undefined {
  return SCOPES.find((each) => each === scope);
}

export function Keys() {
  const { t } = useTranslation();
  const query = useQuery(keysQuery);
  const [isMaking, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Key | null>(null);
  return (
    <Answer query={query}>
      {({ keys }) => (
        <div className={classes.stack}>
          <Group justify="flex-end">
            <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setMaking(true)} data-look="new-key">
              {t('collect.keys.create')}
            </Button>
          </Group>
          {keys.length === 0 ? (
            <EmptyState title={t('collect.keys.none')}>{t('collect.keys.noneSay')}</EmptyState>
          ) : (
            <KeyTable keys={keys} onRevoke={setRevoking} />
          )}
          {isMaking && <NewKey onClose={() => setMaking(false)} />}
          {revoking && <Revoke apiKey={revoking} onClose={() => setRevoking(null)} />}
        </div>
      )}
    </Answer>
  );
}

function KeyTable({ keys, onRevoke }: { keys: readonly Key[]; onRevoke: (key: Key) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ordered = keys.toSorted(
    (a, b) => Number(Boolean(a.revoked_at)) - Number(Boolean(b.revoked_at)) || b.created_at.localeCompare(a.created_at),
  );
  return (
    <Scrollable className={`card ${classes.table}`} label={t('collect.tabs.keys')}>
      <table className="plain">
        <thead>
          <tr>
            {(['name', 'scope', 'channel', 'unit', 'created', 'state'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`collect.keys.${column}`)}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{t('collect.keys.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((key) => {
            const scope = scopeOf(key.scope);
            return (
              <tr key={key.id} className={key.revoked_at ? 'muted' : undefined}>
                <td>
                  {key.name}
                  <div className="small">{key.id}</div>
                </td>
                <td>{scope ? t(`collect.keys.scopes.${scope}`) : key.scope}</td>
                <td>{key.channel ?? ''}</td>
                <td>{key.unit ?? ''}</td>
                <td className={classes.date}>{format.moment(key.created_at, 'date')}</td>
                <td className={classes.date}>
                  {key.revoked_at
                    ? t('collect.keys.revoked', { date: format.moment(key.revoked_at, 'date') })
                    : t('collect.keys.active')}
                </td>
                <td className="number">
                  {!key.revoked_at && (
                    <Button
                      variant="default"
                      size="compact-xs"
                      aria-label={t('collect.keys.revoking.title', { name: key.name })}
                      onClick={() => onRevoke(key)}
                    >
                      {t('collect.keys.revoke')}
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scrollable>
  );
}

function Revoke({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/keys/{id}', { params: { path: { id: apiKey.id } } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keysQuery.queryKey });
      notifications.show({ message: t('collect.keys.revoking.done') });
      onClose();
    },
  });
  return (
    <Dialog title={t('collect.keys.revoking.title', { name: apiKey.name })} onClose={onClose}>
      <p className="muted">{t('collect.keys.revoking.say')}</p>
      {revoke.isError && <ProblemState error={revoke.error} isChange />}
      <Group justify="flex-end" gap={8} mt={20}>
        <Button variant="default" onClick={onClose}>
          {t('frame.cancel')}
        </Button>
        <Button loading={revoke.isPending} onClick={() => revoke.mutate()}>
          {t('collect.keys.revoking.confirm')}
        </Button>
      </Group>
    </Dialog>
  );
}
