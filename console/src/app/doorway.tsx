import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '@/ui/icons';
import { chooseLanguage } from './language';
import classes from './sign-in.module.css';

/** A page before the console: one question, and the other language below it. */
export function Doorway({ title, children }: { title: string; children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const other = i18n.language === 'es' ? 'en' : 'es';
  return (
    <main className={classes.page}>
      <div className={classes.door}>
        <div className={classes.brand}>
          <Mark size={28} /> Vivencia
        </div>
        <h1>{title}</h1>
        {children}
      </div>
      <button type="button" className={classes.language} lang={other} onClick={() => chooseLanguage(other)}>
        {t(`frame.languages.${other}`)}
      </button>
    </main>
  );
}
