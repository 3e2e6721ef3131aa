import { Slider } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ECharts } from 'echarts/core';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Paths } from '@/api/client';
import { usePeriod } from '@/app/period-picker';
import { saveCsv, savePng, saveSvg } from '@/ui/save';
import { Scrollable } from '@/ui/scrollable';
import { Answer, EmptyState, LoadingBlock } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './explorer.module.css';
import { Findings } from './findings';
import { NoEvents } from './no-events';
import { isOnPath, PathsChart, type PickedPaths } from './paths-chart';
import { PathsPanel } from './paths-panel';
import { PathsTable } from './paths-table';
import { MOST_PATHS, pathsQuery } from './queries';
import { sankeyOf } from './sankey';
import { DEFAULT_LENGTH, DEFAULT_TOP } from './search-params';
import { useAsk, useExplorerSearch } from './use-explorer';
import { ViewBar } from './view-bar';

export function PathsView() {
  const { t } = useTranslation();
  const { start, length = DEFAULT_LENGTH } = useExplorerSearch();
  const period = usePeriod();
  const query = useQuery({ ...pathsQuery({ start: start ?? '', length, ...period }), enabled: start !== undefined });
  if (start === undefined)
    return <EmptyState title={t('journeys.paths0.title')}>{t('journeys.paths0.say')}</EmptyState>;
  return (
    <Answer
      query={query}
      loading={<LoadingBlock height={560} />}
      isEmpty={(paths) => paths.occurrences === 0}
      empty={<NoEvents />}
    >
      {(paths) => <LoadedPaths key={start} paths={paths} start={start} isRefreshing={query.isPlaceholderData} />}
    </Answer>
  );
}

function LoadedPaths({ paths, start, isRefreshing }: { paths: Paths; start: string; isRefreshing: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const search = useExplorerSearch();
  const ask = useAsk();
  const [top, setTop] = useState(search.top ?? DEFAULT_TOP);
  const keepTop = useDebouncedCallback((value: number) => ask({ top: value }, { replace: true }), 300);
  const [picked, setPicked] = useState<PickedPaths | null>(null);
  const chart = useRef<ECharts | null>(null);

  const sankey = useMemo(() => sankeyOf(paths, top), [paths, top]);
  const drawn = paths.paths.slice(0, top);
  const shown = picked ? drawn.filter((path) => isOnPath(picked, path.activities)) : drawn;

  function drawing(): string | null {
    return chart.current?.renderToSVGString() ?? null;
  }
  const save = {
    png: () => {
      const svg = drawing();
      if (svg) void savePng('vivencia-paths.png', svg);
    },
    svg: () => {
      const svg = drawing();
      if (svg) void saveSvg('vivencia-paths.svg', svg);
    },
    csv: () =>
      saveCsv(
        'vivencia-paths.csv',
        ['path', 'count', 'customers', 'share'],
        [
          ...paths.paths.map((path) => [path.activities.join(' > '), path.count, path.customers, path.share]),
          ['(others)', paths.tail.count, null, paths.tail.share],
        ],
      ),
  };

  return (
    <div className={isRefreshing ? classes.refreshing : undefined}>
      <ViewBar over={paths.over} save={save} />
      <Findings findings={paths.findings} />
      {search.table ? (
        <PathsTable paths={paths} />
      ) : (
        <div className={classes.stack}>
          <div className="card">
            <Scrollable className={classes.scroll} label={t('journeys.paths.name', { activity: start })}>
              <div className={classes.wide}>
                <PathsChart
                  name={t('journeys.paths.name', { activity: start })}
                  sankey={sankey}
                  paths={drawn}
                  picked={picked}
                  onPick={setPicked}
                  onReady={(made) => {
                    chart.current = made;
                  }}
                />
              </div>
            </Scrollable>
            <div className={classes.knobs}>
              <span className={classes.knob}>
                <span id="top">{t('journeys.paths.top')}</span>
                <Slider
                  w={140}
                  size="sm"
                  label={null}
                  min={1}
                  max={Math.max(2, Math.min(MOST_PATHS, paths.paths.length))}
                  value={top}
                  thumbProps={{ 'aria-labelledby': 'top' }}
                  onChange={(value) => {
                    setTop(value);
                    setPicked(null);
                    keepTop(value);
                  }}
                />
              </span>
              <span role="status">
                {sankey.tailCount === 0
                  ? t('journeys.paths.all')
                  : t('journeys.paths.drawn', {
                      n: format.number(sankey.drawnPaths),
                      share: format.share(1 - sankey.tailCount / paths.occurrences),
                      occurrences: format.number(paths.occurrences),
                    })}
              </span>
            </div>
          </div>
          <PathsPanel
            paths={shown}
            picked={picked}
            tailShare={sankey.tailCount / paths.occurrences}
            onPick={setPicked}
          />
        </div>
      )}
    </div>
  );
}
