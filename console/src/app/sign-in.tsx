import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { beginSession } from '@/api/session';
import { Mark } from '@/ui/icons';
import { chooseLanguage } from './language';
import classes from './sign-in.module.css';

type Refusal = 'refused' | 'collectOnly' | 'unreachable';

async function tryKey(key: string): Promise<Refusal | null> {
  const response = await fetch('/api/v1/organisation', { headers: { Authorization: `Bearer ${key}` } }).catch(
    () => null,
  );
  if (!response) return 'unreachable';
  if (response.ok) return null;
  const problem = await problemOf(response);
  if (problem.status === 403) return 'collectOnly';
  return problem.status >= 500 ? 'unreachable' : 'refused';
}

export function SignIn() {
  const { t, i18n } = useTranslation();
  const [key, setKey] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isTrying, setTrying] = useState(false);
  const other = i18n.language === 'es' ? 'en' : 'es';

  async function handleEnter() {
    setTrying(true);
    const found = await tryKey(key.trim());
    setTrying(false);
    setRefusal(found);
    if (!found) beginSession(key);
  }

  return (
    <main className={classes.page}>
      <form
        className={classes.door}
        onSubmit={(event) => {
          event.preventDefault();
          void handleEnter();
        }}
      >
        <div className={classes.brand}>
          <Mark size={28} /> Vivencia
        </div>
        <h1>{t('frame.signIn.title')}</h1>
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
      <button type="button" className={classes.language} lang={other} onClick={() => chooseLanguage(other)}>
        {t(`frame.languages.${other}`)}
      </button>
    </main>
  );
}
