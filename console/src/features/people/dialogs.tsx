import { Button, CopyButton, Group, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type User } from '@/api/client';
import { unitsQuery } from '@/features/organisation/queries';
import { Dialog } from '@/ui/dialog';
import { ProblemState } from '@/ui/states';
import classes from './people.module.css';
import { invitationsQuery, usersQuery } from './queries';
import { ROLES, type Role, readRole } from './roles';

/** A one-time link that was just made. */
export type Link = { kind: 'invite' | 'reset'; email: string; path: string };

function RoleChoice({
  role,
  unit,
  onRole,
  onUnit,
}: {
  role: Role;
  unit: string | null;
  onRole: (role: Role) => void;
  onUnit: (unit: string | null) => void;
}) {
  const { t } = useTranslation();
  const units = useQuery({ ...unitsQuery, enabled: role === 'shop_manager' });
  const known = (units.data?.units ?? []).filter((each) => each.is_in_tree);
  return (
    <>
      <Radio.Group label={t('people.columns.role')} value={role} onChange={(value) => onRole(readRole(value) ?? role)}>
        <Stack gap={10} mt={8}>
          {ROLES.map((each) => (
            <Radio key={each} value={each} label={t(`people.roles.${each}`)} description={t(`people.may.${each}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {role === 'shop_manager' && (
        <Select
          label={t('people.columns.unit')}
          description={known.length === 0 && units.data ? t('people.noUnits') : undefined}
          data={known.map((each) => ({ value: each.name, label: each.label }))}
          value={unit}
          onChange={onUnit}
          searchable
          required
          withAsterisk={false}
        />
      )}
    </>
  );
}

/** Invites somebody and shows the link, once. */
export function NewInvitation({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('analyst');
  const [unit, setUnit] = useState<string | null>(null);
  const make = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/invitations', {
          body: { email: email.trim(), role, ...(role === 'shop_manager' && unit ? { unit } : {}) },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  if (make.data)
    return (
      <ShowLink link={{ kind: 'invite', email: make.data.invitation.email, path: make.data.path }} onClose={onClose} />
    );
  return (
    <Dialog title={t('people.invite.title')} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <TextInput
          type="email"
          label={t('people.invite.email')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          required
          withAsterisk={false}
          data-autofocus
        />
        <RoleChoice role={role} unit={unit} onRole={setRole} onUnit={setUnit} />
        {make.isError && <ProblemState error={make.error} isChange />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('frame.cancel')}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t('people.invite.make')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

/** Says what a person may see from now on. */
export function ChangePerson({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [role, setRole] = useState<Role>(readRole(user.role) ?? 'analyst');
  const [unit, setUnit] = useState<string | null>(user.unit ?? null);
  const change = useMutation({
    mutationFn: () =>
      answer(
        api.PATCH('/api/v1/users/{id}', {
          params: { path: { id: user.id } },
          body: { role, unit: role === 'shop_manager' ? unit : null },
        }),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: usersQuery.queryKey });
      onClose();
    },
  });
  return (
    <Dialog title={t('people.change.title', { name: user.name })} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <RoleChoice role={role} unit={unit} onRole={setRole} onUnit={setUnit} />
        <span className="small">{t('people.change.say')}</span>
        {change.isError && <ProblemState error={change.error} isChange />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('frame.cancel')}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t('people.change.save')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

export function ShowLink({ link, onClose }: { link: Link; onClose: () => void }) {
  const { t } = useTranslation();
  const address = new URL(link.path, window.location.origin).href;
  return (
    <Dialog title={t(`people.made.${link.kind}`, { email: link.email })} onClose={onClose}>
      <p className="muted">{t('people.made.say')}</p>
      <code className={classes.link}>{address}</code>
      <Group justify="flex-end" gap={8} mt={16}>
        <CopyButton value={address}>
          {({ copied, copy }) => <Button onClick={copy}>{copied ? t('frame.copied') : t('people.made.copy')}</Button>}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          {t('frame.close')}
        </Button>
      </Group>
    </Dialog>
  );
}
