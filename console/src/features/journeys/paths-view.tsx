import { Slider } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { ECharts } from 'echarts/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Paths } from '@/api/client';
import { Help } from '@/ui/help';
import { savePng, saveSvg } from '@/ui/save';
import { Scrollable } from '@/ui/scrollable';
import { EmptyState, LoadingBlock } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { AnsweredBeside, type Beside } from './answered-beside';
import { CompareLegend } from './compared';
import { COMPARED_PATHS, pathChanges } from './comparison';
import { DEFAULT_LENGTH, DEFAULT_TOP, MOST_PATHS } from './defaults';
import classes from './explorer.module.css';
import { Findings } from './findings';
import { PathsPanel } from './paths-panel';
import { anchorPosition, pathsHeld, pathsShape } from './paths-question';
import { type OtherPaths, pathsSheet } from './paths-sheet';
import { PathsTable } from './paths-table';
import { isOnPath, type PickedPaths } from './picked-paths';
import { pathsQuery } from './queries';
import { sankeyHeight, sankeyOf } from './sankey';
import { useAsk, useExplorerSearch } from './use-explorer';
import { ViewBar } from './view-bar';

/** Heavy: it comes once the list of the same paths is painted. */
const PathsChart = lazy(async () => {
  await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  const { PathsChart } = await import('./paths-chart');
  return { default: PathsChart };
});

export function PathsView() {
  const { t } = useTranslation();
  const search = useExplorerSearch();
  const [held, shape] = [pathsHeld(search), pathsShape(search)];
  if (held === null) return <EmptyState title={t('journeys.paths0.title')}>{t('journeys.paths0.say')}</EmptyState>;
  return (
    <AnsweredBeside
      ask={(scope) => pathsQuery(held, shape, scope)}
      askOther={(scope) => pathsQuery(held, shape, scope, COMPARED_PATHS)}
      height={560}
      isEmpty={(paths) => paths.occurrences === 0}
    >
      {(answer, compared) => <LoadedPaths key={JSON.stringify(held)} paths={answer} compared={compared} />}
    </AnsweredBeside>
  );
}

function LoadedPaths({ paths, compared }: { paths: Paths; compared: Beside<Paths> | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const search = useExplorerSearch();
  const ask = useAsk();
  const [top, setTop] = useState(search.top ?? DEFAULT_TOP);
  const keepTop = useDebouncedCallback((value: number) => ask({ top: value }, { replace: true }), 300);
  const [picked, setPicked] = useState<PickedPaths | null>(null);
  const [chart, setChart] = useState<ECharts | null>(null);

  const { anchor = 'from', start = '', length = DEFAULT_LENGTH } = search;
  const sankey = useMemo(() => sankeyOf(paths, top, anchorPosition(anchor, length)), [paths, top, anchor, length]);
  const name = t(`journeys.paths.names.${anchor}`, { activity: start });
  const then = compared?.answer ?? null;
  const changes = useMemo(() => then && pathChanges(paths, then), [paths, then]);
  const other: OtherPaths | null = changes && compared && { changes, name: compared.name };
  const drawn = paths.paths.slice(0, top);
  const shown = picked ? drawn.filter((path) => isOnPath(picked, path)) : drawn;

  // What is not drawn yet cannot be kept.
  const save = {
    png: chart ? () => void savePng('vivencia-paths.png', chart.renderToSVGString()) : undefined,
    svg: chart ? () => void saveSvg('vivencia-paths.svg', chart.renderToSVGString()) : undefined,
    sheet: () => pathsSheet(paths, other),
  };

  return (
    <div>
      <ViewBar over={paths.over} save={save} help="path" />
      <Findings findings={paths.findings} />
      {search.table ? (
        <PathsTable paths={paths} other={other} />
      ) : (
        <div className={classes.stack}>
          <div className="card">
            <Scrollable label={name}>
              <div className={classes.wide}>
                <Suspense fallback={<LoadingBlock height={sankeyHeight(sankey)} />}>
                  <PathsChart
                    name={name}
                    sankey={sankey}
                    paths={drawn}
                    changes={changes}
                    picked={picked}
                    onPick={setPicked}
                    onReady={setChart}
                  />
                </Suspense>
              </div>
            </Scrollable>
            <div className={classes.knobs}>
              <span className={classes.knob}>
                <span>
                  <span id="top">{t('journeys.paths.top')}</span>
                  <Help term="tail" />
                </span>
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
                  : t(sankey.tailBand === null ? 'journeys.paths.drawnAlone' : 'journeys.paths.drawn', {
                      n: format.number(sankey.drawnPaths),
                      share: format.share(1 - sankey.tailCount / paths.occurrences),
                      occurrences: format.number(paths.occurrences),
                    })}
              </span>
              {other && <CompareLegend name={other.name} />}
            </div>
          </div>
          <PathsPanel
            paths={shown}
            other={other}
            picked={picked}
            tailShare={sankey.tailCount / paths.occurrences}
            onPick={setPicked}
          />
        </div>
      )}
    </div>
  );
}
