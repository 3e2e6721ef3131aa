import { Button, CopyButton, SegmentedControl, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Scrollable } from '@/ui/scrollable';
import { LIBRARIES, type Library, snippet } from './snippets';
import classes from './sources.module.css';

export function Connect() {
  const { t } = useTranslation();
  const [library, setLibrary] = useState<Library>('browser');
  const [key, setKey] = useState('');
  const text = snippet(library, window.location.origin, key.trim() || 'viv_…');
  return (
    <div className={classes.stack}>
      <p className="muted">{t('collect.connect.say')}</p>
      <TextInput
        maw={420}
        label={t('collect.connect.key')}
        description={t('collect.connect.keyHelp')}
        placeholder="viv_…"
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <div className={classes.libraries}>
        <SegmentedControl
          size="xs"
          aria-label={t('collect.connect.language')}
          value={library}
          onChange={(value) => setLibrary(value as Library)}
          data={LIBRARIES.map((value) => ({ value, label: t(`collect.connect.languages.${value}`) }))}
        />
      </div>
      <div className={`card ${classes.snippet}`}>
        <Scrollable label={t('collect.connect.language')}>
          <pre>{text}</pre>
        </Scrollable>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" size="xs" onClick={copy} className={classes['snippet-copy']}>
              {copied ? t('frame.copied') : t('collect.connect.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      <p className="small">{t('collect.connect.after')}</p>
      <p className={`small ${classes.links}`}>
        <Link to="/settings/sources" search={{ tab: 'live' }}>
          {t('collect.connect.seeLive')}
        </Link>
        <a href="/docs">{t('collect.connect.docs')}</a>
      </p>
    </div>
  );
}
