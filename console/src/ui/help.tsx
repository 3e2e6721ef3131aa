import { Popover } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { es } from '@/locales/es';
import classes from './help.module.css';

export type Term = keyof typeof es.help.terms;

/** Says what a word means, for whoever asks: by pointer or by keyboard, and closed by Escape. */
export function Help({ term }: { term: Term }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const name = t(`help.names.${term}`);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top" width={280} withinPortal returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.mark}
          aria-label={t('help.what', { name })}
          aria-describedby={isOpen ? id : undefined}
          onClick={() => setOpen((open) => !open)}
          onBlur={() => setOpen(false)}
          data-look="help"
        >
          <span className={classes.sign}>?</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown p={12} aria-label={name}>
        <span id={id} className={classes.say} role="status">
          <b>{name}.</b> {t(`help.terms.${term}`)}
        </span>
      </Popover.Dropdown>
    </Popover>
  );
}
