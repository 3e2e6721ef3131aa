import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type OpenLink } from '@/api/client';
import { asProblem } from '@/api/problem';
import { enterBy } from '@/api/session';
import { Doorway } from '@/app/doorway';
import classes from '@/app/sign-in.module.css';
import { useTitle } from '@/app/use-title';
import { useRoleName } from '@/features/people/roles';
import { LoadingLines, ProblemState } from '@/ui/states';
import { readToken } from './fragment';

/** Where a one-time link leads: whoever is invited comes in, or somebody gives themselves another password. */
export function InvitationPage() {
  const { t } = useTranslation();
  useTitle(t('setup.invitation.page'));
  const [token] = useState(() => readToken(window.location.hash));
  const link = useQuery({
    queryKey: ['invitation'],
    queryFn: ({ signal }) => answer(api.POST('/api/v1/invitations/show', { body: { token }, signal })),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (link.isPending)
    return (
      <Doorway title={t('setup.invitation.page')}>
        <LoadingLines />
      </Doorway>
    );
  if (link.isError && asProblem(link.error).status !== 404)
    return (
      <Doorway title={t('setup.invitation.page')}>
        <ProblemState error={link.error} onRetry={() => void link.refetch()} />
      </Doorway>
    );
  if (link.isError)
    return (
      <Doorway title={t('setup.invitation.over')}>
        <p className="muted">{t('setup.invitation.overSay')}</p>
        <a href="/">{t('setup.done.signIn')}</a>
      </Doorway>
    );
  return <Accept token={token} link={link.data} />;
}

function Accept({ token, link }: { token: string; link: OpenLink }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const roleName = useRoleName();
  const isReset = link.kind === 'reset';
  const accept = useMutation({
    mutationFn: () =>
      enterBy('/api/v1/invitations/accept', {
        token,
        password,
        ...(isReset ? {} : { name, language: i18n.language === 'en' ? 'en' : 'es' }),
      }),
    onSuccess: () => navigate({ to: '/', replace: true }),
  });
  const role = [link.role ? roleName(link.role) : null, link.unit_label].filter(Boolean).join(' · ');
  return (
    <Doorway
      title={
        isReset
          ? t('setup.reset.title')
          : t('setup.invitation.title', { organisation: link.organisation || 'Vivencia' })
      }
    >
      <p className="muted">
        {isReset ? t('setup.reset.say', { email: link.email }) : t('setup.invitation.say', { email: link.email, role })}
      </p>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          accept.mutate();
        }}
      >
        {/* Where browsers keep the password for. */}
        <input
          type="text"
          className="visually-hidden"
          name="username"
          autoComplete="username"
          value={link.email}
          readOnly
          aria-hidden="true"
          tabIndex={-1}
        />
        {!isReset && (
          <TextInput
            label={t('setup.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="name"
            required
            withAsterisk={false}
          />
        )}
        <PasswordInput
          label={t('frame.signIn.password')}
          description={t('people.password.rule')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="new-password"
          minLength={12}
          maxLength={256}
          required
          withAsterisk={false}
        />
        {accept.isError && <ProblemState error={accept.error} isChange />}
        <Button type="submit" loading={accept.isPending}>
          {t(isReset ? 'setup.reset.save' : 'setup.invitation.accept')}
        </Button>
      </form>
    </Doorway>
  );
}
