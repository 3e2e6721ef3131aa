import { Tabs } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useTitle } from '@/app/use-title';
import { LoadingBlock } from '@/ui/states';
import tabs from '@/ui/tabs.module.css';
import classes from './explorer.module.css';
import { SavedMenu } from './saved-menu';
import { VIEWS, type View } from './search-params';
import { Sentence } from './sentence';
import { useAsk, useExplorerSearch } from './use-explorer';

const BehindView = lazy(() => import('./behind-view').then((module) => ({ default: module.BehindView })));
const MapView = lazy(() => import('./map-view').then((module) => ({ default: module.MapView })));
const PathsView = lazy(() => import('./paths-view').then((module) => ({ default: module.PathsView })));
const FunnelView = lazy(() => import('./funnel-view').then((module) => ({ default: module.FunnelView })));

/** One question, three pictures. */
export function ExplorerPage() {
  const { t } = useTranslation();
  const { view, behind } = useExplorerSearch();
  const ask = useAsk();
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
        <Tabs.List>
          {VIEWS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`journeys.views.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {VIEWS.map((each) => (
          <Tabs.Panel key={each} value={each}>
            <Suspense fallback={<LoadingBlock height={480} />}>
              {behind && <BehindView behind={behind} />}
              {!behind && each === 'map' && <MapView />}
              {!behind && each === 'paths' && <PathsView />}
              {!behind && each === 'funnel' && <FunnelView />}
            </Suspense>
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}
