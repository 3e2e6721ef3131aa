import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useTitle } from '@/app/use-title';
import tabs from '@/ui/tabs.module.css';
import { General } from './general';
import { Rates } from './rates';
import { PARTS, type Part } from './search-params';
import { Units } from './units';

export function OrganisationPage() {
  const { t } = useTranslation();
  const { part } = useSearch({ from: '/settings/organisation' });
  const navigate = useNavigate({ from: '/settings/organisation' });
  useTitle(t('organisation.title'));
  return (
    <div className="page">
      <div>
        <h1>{t('organisation.title')}</h1>
        <p className="muted">{t('organisation.say')}</p>
      </div>
      <Tabs
        value={part}
        onChange={(chosen) => chosen && void navigate({ search: (before) => ({ ...before, part: chosen as Part }) })}
        keepMounted={false}
        classNames={{ list: tabs.tabs, tab: tabs.tab }}
      >
        <Tabs.List>
          {PARTS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`organisation.parts.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="general">
          <General />
        </Tabs.Panel>
        <Tabs.Panel value="units">
          <Units />
        </Tabs.Panel>
        <Tabs.Panel value="rates">
          <Rates />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
