import { SegmentedControl, Slider } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProcessMap as ProcessMapData } from '@/api/client';
import { useTokens } from '@/app/use-tokens';
import { Help } from '@/ui/help';
import { savePng, saveSvg } from '@/ui/save';
import { useFormat } from '@/ui/use-format';
import { AnsweredBeside, type Beside } from './answered-beside';
import { CompareLegend } from './compared';
import { mapChanges } from './comparison';
import { DEFAULT_DETAIL } from './defaults';
import { CARD_HEIGHT, cardWidth } from './drawing';
import classes from './explorer.module.css';
import { Findings } from './findings';
import type { LayoutRequest } from './layout';
import { MapPanel } from './map-panel';
import { mapSheet } from './map-sheet';
import { mapSvg } from './map-svg';
import { MapTables } from './map-tables';
import { type Picked, ProcessMap } from './process-map';
import { mapQuery } from './queries';
import { MEASURES, type Measure } from './search-params';
import { simplify } from './simplify';
import { useAsk, useExplorerSearch } from './use-explorer';
import { useLayout } from './use-layout';
import { ViewBar } from './view-bar';

export function MapView() {
  return (
    <AnsweredBeside
      ask={(scope) => mapQuery(scope, { medians: true })}
      height={560}
      isEmpty={(map) => map.nodes.length === 0}
    >
      {(answer, compared) => <LoadedMap map={answer} compared={compared} />}
    </AnsweredBeside>
  );
}

function LoadedMap({ map, compared }: { map: ProcessMapData; compared: Beside<ProcessMapData> | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tokens = useTokens();
  const ask = useAsk();
  const search = useExplorerSearch();
  const then = compared?.answer ?? null;
  const changes = useMemo(() => then && mapChanges(map, then), [map, then]);
  const other = useMemo(
    () => (changes && compared ? { changes, map: compared.answer, name: compared.name } : null),
    [changes, compared],
  );
  const wanted = search.measure ?? (search.against ? 'change' : 'customers');
  const measure = wanted === 'change' && !changes ? 'customers' : wanted;
  const [detail, setDetail] = useState(search.detail ?? DEFAULT_DETAIL);
  const keepDetail = useDebouncedCallback((value: number) => ask({ detail: value }, { replace: true }), 300);
  const [picked, setPicked] = useState<Picked | null>(null);
  const [aspect, setAspect] = useState(1.3);

  // The slider follows the hand; the map follows the slider as fast as it can.
  const shownDetail = useDeferredValue(detail);
  const shown = useMemo(() => simplify(map, shownDetail), [map, shownDetail]);
  const isCompared = measure === 'change';
  const request = useMemo<LayoutRequest>(() => {
    // The arrangement begins with its first activity, so the one with which most journeys start comes first.
    const starts = new Map(map.starts.map((start) => [start.activity, start.customers]));
    const fromTheStart = [...shown.nodes].sort((a, b) => (starts.get(b.activity) ?? 0) - (starts.get(a.activity) ?? 0));
    return {
      nodes: fromTheStart.map((node) => ({
        id: node.activity,
        width: cardWidth(node, isCompared),
        height: CARD_HEIGHT,
      })),
      edges: shown.edges.map((edge) => ({
        from: edge.from,
        to: edge.to,
        weight: edge.customers,
        isBackbone: shown.backbone.has(edge),
      })),
      aspect,
    };
  }, [map, shown, aspect, isCompared]);
  const layout = useLayout(request);

  // What is not arranged yet cannot be kept.
  const drawing = layout && (() => mapSvg({ map, shown, layout, measure, other, tokens, format, t }));
  const save = {
    png: drawing ? () => void savePng('vivencia-map.png', drawing()) : undefined,
    svg: drawing ? () => void saveSvg('vivencia-map.svg', drawing()) : undefined,
    sheet: () => mapSheet(map, other),
  };

  return (
    <div>
      <ViewBar over={map.over} save={save} help="processMap">
        {!search.table && (
          <SegmentedControl
            size="xs"
            aria-label={t('journeys.map.measure')}
            value={measure}
            onChange={(value) => ask({ measure: value as Measure }, { replace: true })}
            data={MEASURES.filter((value) => value !== 'change' || changes).map((value) => ({
              value,
              label: t(`journeys.map.measures.${value}`),
            }))}
          />
        )}
      </ViewBar>
      <Findings findings={map.findings} />
      {search.table ? (
        <MapTables map={map} other={other} />
      ) : (
        <div className={classes.split}>
          <div className="card">
            <ProcessMap
              map={map}
              shown={shown}
              layout={layout}
              measure={measure}
              changes={isCompared ? changes : null}
              picked={picked}
              onPick={setPicked}
              onAspect={setAspect}
            />
            <div className={classes.knobs}>
              <span className={classes.knob}>
                <span>
                  <span id="detail">{t('journeys.map.detail')}</span>
                  <Help term="simplification" />
                </span>
                <Slider
                  w={140}
                  size="sm"
                  label={null}
                  value={detail}
                  step={5}
                  thumbProps={{ 'aria-labelledby': 'detail' }}
                  thumbLabel={undefined}
                  onChange={(value) => {
                    setDetail(value);
                    keepDetail(value);
                  }}
                />
              </span>
              <span role="status">
                {t('journeys.map.shown', { share: format.share(shown.shownShare) })}
                {' · '}
                {shown.hiddenActivities + shown.hiddenConnections === 0
                  ? t('journeys.map.nothingHidden')
                  : t('journeys.map.hiddenBoth', {
                      activities: format.number(shown.hiddenActivities),
                      connections: format.number(shown.hiddenConnections),
                    })}
              </span>
              {isCompared && other && <CompareLegend name={other.name} />}
            </div>
          </div>
          <MapPanel map={map} other={other} picked={picked} onPick={setPicked} />
        </div>
      )}
    </div>
  );
}
