import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Invitation, type User } from '@/api/client';
import { useMe } from '@/api/session';
import { useTitle } from '@/app/use-title';
import { useUnitLabel } from '@/features/organisation/queries';
import { Icon } from '@/ui/icons';
import { Scrollable } from '@/ui/scrollable';
import { Answer, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { ChangePerson, type Link, NewInvitation, ShowLink } from './dialogs';
import classes from './people.module.css';
import { invitationsQuery, usersQuery } from './queries';
import { useRoleName } from './roles';

type Open = { what: 'invite' } | { what: 'change'; user: User } | { what: 'link'; link: Link } | null;

/** Who may come in, and what each may see. */
export function PeoplePage() {
  const { t } = useTranslation();
  useTitle(t('people.title'));
  const users = useQuery(usersQuery);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <div className="page">
      <div className={classes.head}>
        <div>
          <h1>{t('people.title')}</h1>
          <p className="muted">{t('people.say')}</p>
        </div>
        <Button
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => setOpen({ what: 'invite' })}
          data-look="invite"
        >
          {t('people.invite.open')}
        </Button>
      </div>
      <Answer query={users}>
        {(found) => (
          <Users
            users={found.users}
            onChange={(user) => setOpen({ what: 'change', user })}
            onLink={(link) => setOpen({ what: 'link', link })}
          />
        )}
      </Answer>
      <Invitations />
      {open?.what === 'invite' && <NewInvitation onClose={close} />}
      {open?.what === 'change' && <ChangePerson user={open.user} onClose={close} />}
      {open?.what === 'link' && <ShowLink link={open.link} onClose={close} />}
    </div>
  );
}

function Users({
  users,
  onChange,
  onLink,
}: {
  users: readonly User[];
  onChange: (user: User) => void;
  onLink: (link: Link) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const labelOf = useUnitLabel();
  const roleName = useRoleName();
  const queries = useQueryClient();
  const able = useMutation({
    mutationFn: (user: User) =>
      answer(
        api.PATCH('/api/v1/users/{id}', {
          params: { path: { id: user.id } },
          body: { is_disabled: user.disabled_at === null || user.disabled_at === undefined },
        }),
      ),
    onSuccess: (user) => {
      void queries.invalidateQueries({ queryKey: usersQuery.queryKey });
      notifications.show({ message: t(user.disabled_at ? 'people.disabled' : 'people.enabled', { name: user.name }) });
    },
  });
  const reset = useMutation({
    mutationFn: (user: User) =>
      answer(api.POST('/api/v1/users/{id}/reset', { params: { path: { id: user.id } } })).then(
        (made): Link => ({ kind: 'reset', email: user.email, path: made.path }),
      ),
    onSuccess: (link) => {
      void queries.invalidateQueries({ queryKey: invitationsQuery.queryKey });
      onLink(link);
    },
  });
  const failed = able.error ?? reset.error;
  return (
    <>
      {failed && <ProblemState error={failed} isChange />}
      {users.length === 0 && <p className="muted">{t('people.none')}</p>}
      {users.length > 0 && (
        <Scrollable className={`card ${classes.table}`} label={t('people.title')}>
          <table className="plain">
            <thead>
              <tr>
                {(['name', 'role', 'unit', 'seen'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`people.columns.${column}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t('people.columns.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {users.map((user) => (
                <tr key={user.id} className={user.disabled_at ? 'muted' : undefined}>
                  <td>
                    {user.name}
                    {user.id === me?.user && <span className="small"> · {t('people.you')}</span>}
                    <div className="small">{user.email}</div>
                  </td>
                  <td>{roleName(user.role)}</td>
                  <td>{user.unit ? labelOf(user.unit) : t('people.everything')}</td>
                  <td className={classes.date}>
                    {user.disabled_at
                      ? t('people.disabledOn', { date: format.moment(user.disabled_at, 'date') })
                      : user.last_seen_at
                        ? format.moment(user.last_seen_at)
                        : t('people.notNow')}
                  </td>
                  <td>
                    <div className={classes.actions}>
                      {!user.disabled_at && (
                        <>
                          <Action label={t('people.change.open')} of={user.name} onClick={() => onChange(user)} />
                          <Action label={t('people.reset')} of={user.name} onClick={() => reset.mutate(user)} />
                        </>
                      )}
                      <Action
                        label={t(user.disabled_at ? 'people.enable' : 'people.disable')}
                        of={user.name}
                        onClick={() => able.mutate(user)}
                      />
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrollable>
      )}
    </>
  );
}

function Action({ label, of, onClick }: { label: string; of: string; onClick: () => void }) {
  return (
    <Button variant="default" size="compact-xs" aria-label={`${label}: ${of}`} onClick={onClick}>
      {label}
    </Button>
  );
}

function Invitations() {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const query = useQuery(invitationsQuery);
  const roleName = useRoleName();
  const revoke = useMutation({
    mutationFn: async (invitation: Invitation) => {
      await api.DELETE('/api/v1/invitations/{id}', { params: { path: { id: invitation.id } } });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  const open = query.data?.invitations.filter((invitation) => invitation.status === 'open') ?? [];
  if (query.isError) return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="open-links">
      <h2 id="open-links">{t('people.links.title')}</h2>
      <ul className={classes.list}>
        {open.map((invitation) => (
          <li key={invitation.id} className={classes.item}>
            <div>
              {invitation.email}
              <div className="small">
                {invitation.kind === 'reset' ? t('people.links.reset') : roleName(invitation.role)}
                {' · '}
                {t('people.links.until', { date: format.moment(invitation.expires_at, 'date') })}
              </div>
            </div>
            <Group>
              <Action
                label={t('people.links.revoke')}
                of={invitation.email}
                onClick={() => revoke.mutate(invitation)}
              />
            </Group>
          </li>
        ))}
      </ul>
      {revoke.isError && <ProblemState error={revoke.error} isChange />}
    </section>
  );
}
