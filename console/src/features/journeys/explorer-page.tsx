import { Tabs } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef } from 'react';
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
const RetentionView = lazy(() => import('./retention-view').then((module) => ({ default: module.RetentionView })));
const LifeCycleView = lazy(() => import('./life-cycle-view').then((module) => ({ default: module.LifeCycleView })));
const EffortView = lazy(() => import('./effort-view').then((module) => ({ default: module.EffortView })));
const FrictionsView = lazy(() => import('./frictions-view').then((module) => ({ default: module.FrictionsView })));
const AttributionView = lazy(() =>
  import('./attribution-view').then((module) => ({ default: module.AttributionView })),
);

/** One question, and a picture for each way to ask it. */
export function ExplorerPage() {
  const { t } = useTranslation();
  const { view, behind, lifeCycle } = useExplorerSearch();
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
              {behind && <BehindView behind={behind} />}
              {!behind && each === 'map' && <MapView />}
              {!behind && each === 'paths' && <PathsView />}
              {!behind && each === 'funnel' && <FunnelView />}
              {!behind && each === 'attribution' && <AttributionView />}
              {!behind && each === 'effort' && <EffortView />}
              {!behind && each === 'frictions' && <FrictionsView />}
              {!behind && each === 'retention' && (lifeCycle ? <LifeCycleView /> : <RetentionView />)}
            </Suspense>
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}
