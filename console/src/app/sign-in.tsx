import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { type Absence, enterBy, enterWithKey, findSession } from '@/api/session';
import { Doorway } from './doorway';
import classes from './sign-in.module.css';

type Refusal = 'wrong' | 'wait' | 'refused' | 'collectOnly' | 'unreachable' | 'failure';

/** Asks who comes. The address stays as it is: whoever comes in is where they wanted to go. */
export function SignIn({ why }: { why: Absence }) {
  const { t } = useTranslation();
  const [withKey, setWithKey] = useState(false);
  return (
    <Doorway title={t('frame.signIn.title')}>
      {(why === 'ended' || why === 'left') && (
        <p className="muted" role="status">
          {t(`frame.signIn.why.${why}`)}
        </p>
      )}
      {why === 'unreachable' && (
        <div className={classes.unreachable} role="alert">
          {t('frame.signIn.unreachable')}
          <Button variant="default" onClick={() => void findSession()}>
            {t('frame.retry')}
          </Button>
        </div>
      )}
      {withKey ? <WithKey /> : <WithPassword />}
      <button type="button" className={classes.fold} onClick={() => setWithKey(!withKey)}>
        {t(withKey ? 'frame.signIn.withPassword' : 'frame.signIn.withKey')}
      </button>
    </Doorway>
  );
}

function WithPassword() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isTrying, setTrying] = useState(false);

  async function handleEnter() {
    setTrying(true);
    try {
      await enterBy('/api/v1/session', { email, password });
    } catch (error) {
      const { status } = asProblem(error);
      const found = { 401: 'wrong', 429: 'wait', 0: 'unreachable' } as const;
      setRefusal(found[status as keyof typeof found] ?? 'failure');
      setTrying(false);
    }
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void handleEnter();
      }}
    >
      <TextInput
        type="email"
        label={t('frame.signIn.email')}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        autoComplete="username"
        required
        withAsterisk={false}
        data-autofocus
      />
      <PasswordInput
        label={t('frame.signIn.password')}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={refusal && t(`frame.signIn.${refusal}`)}
        autoComplete="current-password"
        required
        withAsterisk={false}
      />
      <Button type="submit" loading={isTrying} disabled={email.trim() === '' || password === ''}>
        {t('frame.signIn.enter')}
      </Button>
      <span className="small">{t('frame.signIn.forgotten')}</span>
    </form>
  );
}

function WithKey() {
  const { t } = useTranslation();
  const [key, setKey] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isTrying, setTrying] = useState(false);

  async function handleEnter() {
    setTrying(true);
    const response = await fetch('/api/v1/organisation', { headers: { Authorization: `Bearer ${key.trim()}` } }).catch(
      () => null,
    );
    setTrying(false);
    if (response?.ok) {
      await enterWithKey(key);
      return;
    }
    if (response?.status === 403) setRefusal('collectOnly');
    else setRefusal(response?.status === 401 ? 'refused' : 'unreachable');
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void handleEnter();
      }}
    >
      <p className="muted">{t('frame.signIn.say')}</p>
      <PasswordInput
        label={t('frame.signIn.key')}
        placeholder={t('frame.signIn.placeholder')}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        error={refusal && t(`frame.signIn.${refusal}`)}
        autoComplete="off"
        data-autofocus
      />
      <Button type="submit" loading={isTrying} disabled={key.trim() === ''}>
        {t('frame.signIn.enter')}
      </Button>
      <div className={classes.how}>
        <span className="small">{t('frame.signIn.how')}</span>
        <code>vivencia key create --data-dir DIR --name console --scope admin</code>
      </div>
    </form>
  );
}
