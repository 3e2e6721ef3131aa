import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useTitle } from '@/app/use-title';
import tabs from '@/ui/tabs.module.css';
import { Connect } from './connect';
import { DeadLetters } from './dead-letters';
import { ImportFile } from './import-file';
import { Keys } from './keys';
import { Live } from './live';
import { TABS, type Tab } from './search-params';

export function SourcesPage() {
  const { t } = useTranslation();
  const { tab } = useSearch({ from: '/settings/sources' });
  const navigate = useNavigate({ from: '/settings/sources' });
  useTitle(t('collect.title'));
  const list = useRef<HTMLDivElement>(null);
  // On a phone the list of tabs is wider than the page.
  useEffect(() => {
    list.current?.querySelector(`[data-tab="${tab}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab]);
  return (
    <div className="page">
      <div>
        <h1>{t('collect.title')}</h1>
        <p className="muted">{t('collect.say')}</p>
      </div>
      <Tabs
        value={tab}
        onChange={(chosen) => chosen && void navigate({ search: (before) => ({ ...before, tab: chosen as Tab }) })}
        keepMounted={false}
        classNames={{ list: tabs.tabs, tab: tabs.tab }}
      >
        <Tabs.List ref={list}>
          {TABS.map((each) => (
            <Tabs.Tab key={each} value={each} data-tab={each}>
              {t(`collect.tabs.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="keys">
          <Keys />
        </Tabs.Panel>
        <Tabs.Panel value="connect">
          <Connect />
        </Tabs.Panel>
        <Tabs.Panel value="import">
          <ImportFile />
        </Tabs.Panel>
        <Tabs.Panel value="live">
          <Live />
        </Tabs.Panel>
        <Tabs.Panel value="dead">
          <DeadLetters />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
