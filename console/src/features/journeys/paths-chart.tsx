import { SankeyChart } from 'echarts/charts';
import { TooltipComponent } from 'echarts/components';
import { type ECharts, use } from 'echarts/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Paths } from '@/api/client';
import { useTokens } from '@/app/use-tokens';
import { Chart, type ChartClick } from '@/ui/chart';
import { useFormat } from '@/ui/use-format';
import { pointsText } from './compared';
import { bandChanges, bandId, type Change } from './comparison';
import { isOnPath, type PickedPaths } from './picked-paths';
import { type Sankey, type SankeyNode, sankeyHeight, TAIL } from './sankey';

use([SankeyChart, TooltipComponent]);

export function PathsChart({
  name,
  sankey,
  paths,
  changes,
  picked,
  onPick,
  onReady,
}: {
  name: string;
  sankey: Sankey;
  paths: Paths['paths'];
  /** What differs from what the paths are compared with. */
  changes: ReadonlyMap<string, Change> | null;
  picked: PickedPaths | null;
  onPick: (picked: PickedPaths | null) => void;
  onReady: (chart: ECharts) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const tokens = useTokens();

  const option = useMemo(() => {
    const lit = new Set<string>();
    if (picked?.kind === 'tail' && sankey.tailBand) lit.add(sankey.tailBand);
    else if (picked) {
      for (const { activities } of paths.filter((path) => isOnPath(picked, path))) {
        activities.slice(1).forEach((activity, i) => {
          lit.add(bandId(i, activities[i] ?? '', activity));
        });
      }
    }
    const bands = changes && bandChanges(paths, changes);
    const paints = { more: tokens.more, less: tokens.less, same: tokens.edge };
    const label = (node: SankeyNode) => node.activity ?? t('journeys.paths.others');
    const byId = new Map(sankey.nodes.map((node) => [node.id, node]));
    const titles = new Map(sankey.nodes.map((node) => [node.id, label(node)]));
    return {
      animation: false,
      backgroundColor: tokens.raised,
      textStyle: { fontFamily: 'Inter Variable, Inter, system-ui, sans-serif' },
      tooltip: {
        trigger: 'item',
        // As text of the drawing, never as elements: names come from outside.
        renderMode: 'richText',
        backgroundColor: tokens.raised,
        borderColor: tokens.line,
        textStyle: { color: tokens.ink, fontSize: 12 },
        formatter: ({ data }: { data: { count: number; title: string; said: string } }) =>
          `${data.title}\n${format.number(data.count)} ${t('journeys.panel.times')}${data.said}`,
      },
      series: [
        {
          type: 'sankey',
          left: 16,
          // Room for the names of the last places.
          right: 190,
          top: 16,
          bottom: 16,
          nodeWidth: 10,
          nodeGap: 14,
          layoutIterations: 0,
          draggable: false,
          emphasis: { focus: 'adjacency', lineStyle: { opacity: 0.55 } },
          data: sankey.nodes.map((node) => ({
            name: node.id,
            depth: node.position,
            // Paths that end here leave by no band.
            value: node.count,
            count: node.count,
            title: label(node),
            said: '',
            position: node.position,
            activity: node.activity,
            label: {
              position: 'right',
              formatter: `${shorten(label(node))}  {count|${format.number(node.count)}}`,
              color: tokens.ink,
              fontSize: 12,
              rich: { count: { color: tokens.muted, fontSize: 11 } },
              textBorderColor: tokens.raised,
              textBorderWidth: 3,
            },
            itemStyle:
              node.id === TAIL
                ? { color: tokens.sunken, borderColor: tokens.mark, borderWidth: 1, borderType: 'dashed' as const }
                : { color: tokens.mark, borderWidth: 0 },
          })),
          links: sankey.links.map((link) => {
            const id = `${link.from} → ${link.to}`;
            const change = bands?.get(id);
            const isPainted = change !== undefined && change.kind !== 'same';
            return {
              band:
                byId.get(link.to)?.activity && byId.get(link.from)?.activity
                  ? {
                      position: byId.get(link.from)?.position ?? 0,
                      from: byId.get(link.from)?.activity ?? '',
                      to: byId.get(link.to)?.activity ?? '',
                    }
                  : null,
              source: link.from,
              target: link.to,
              title: `${titles.get(link.from)} → ${titles.get(link.to)}`,
              said: isPainted
                ? `\n${t('journeys.compare.spoken', { points: pointsText(change.difference.difference, format) })}`
                : '',
              value: link.count,
              count: link.count,
              lineStyle: {
                color: lit.has(id)
                  ? tokens.accent
                  : link.to === TAIL || link.from === TAIL
                    ? tokens.line
                    : change
                      ? paints[change.kind]
                      : tokens.edge,
                opacity: lit.size > 0 && !lit.has(id) ? 0.25 : 0.5,
                curveness: 0.5,
                // The outline says less where colours cannot be told apart.
                ...(change?.kind === 'less'
                  ? { borderColor: tokens.less, borderWidth: 1, borderType: 'dashed' as const }
                  : {}),
              },
            };
          }),
        },
      ],
    };
  }, [sankey, paths, changes, picked, tokens, format, t]);

  function handleClick(click: ChartClick | null) {
    if (click?.dataType === 'edge') {
      const { band } = click.data as { band: { position: number; from: string; to: string } | null };
      onPick(band ? { kind: 'band', ...band } : { kind: 'tail' });
      return;
    }
    if (click?.dataType !== 'node') {
      onPick(null);
      return;
    }
    const { position, activity } = click.data as { position: number; activity: string | null };
    onPick(activity === null ? { kind: 'tail' } : { kind: 'activity', position, activity });
  }

  return <Chart name={name} option={option} height={sankeyHeight(sankey)} onClick={handleClick} onReady={onReady} />;
}

function shorten(text: string): string {
  return text.length > 20 ? `${text.slice(0, 19)}…` : text;
}
