import { Tabs } from '@mantine/core';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useTitle } from '@/app/use-title';
import { LoadingBlock } from '@/ui/states';
import tabs from '@/ui/tabs.module.css';
import classes from './explorer.module.css';
import { PICTURES } from './pictures';
import { SavedMenu } from './saved-menu';
import { VIEWS, type View } from './search-params';
import { Sentence } from './sentence';
import { useAsk, useExplorerSearch } from './use-explorer';
import { pictureOf } from './view-modules';

/** One question, and a picture for each way to ask it. */
export function ExplorerPage() {
  const { t } = useTranslation();
  const search = useExplorerSearch();
  const { view } = search;
  const Picture = PICTURES[pictureOf(search)];
  const ask = useAsk();
  const list = useRef<HTMLDivElement>(null);
  // On a narrow screen the tabs scroll: the chosen one is always in view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view is another chosen tab
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [view]);
  useTitle(t('journeys.title'));
  return (
    <div className="page">
      <h1 className="visually-hidden">{t('journeys.title')}</h1>
      <div className={classes.top}>
        <Sentence />
        <SavedMenu />
      </div>
      <Tabs
        value={view}
        onChange={(chosen) => chosen && ask({ view: chosen as View, behind: undefined })}
        keepMounted={false}
        classNames={{ list: tabs.tabs, tab: tabs.tab }}
      >
        <Tabs.List ref={list}>
          {VIEWS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`journeys.views.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {VIEWS.map((each) => (
          <Tabs.Panel key={each} value={each}>
            <Suspense fallback={<LoadingBlock height={480} />}>
              <Picture />
            </Suspense>
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}
