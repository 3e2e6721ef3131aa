// The process map as a drawing for documents.
import type { TFunction } from 'i18next';
import type { ProcessMap } from '@/api/client';
import type { Tokens } from '@/app/tokens';
import { escapeXml, svgDocument } from '@/ui/save';
import type { Format } from '@/ui/use-format';
import { pointsText } from './compared';
import { edgeId, lineWidths, shortName, timeOf } from './drawing';
import type { Layout } from './layout';
import type { OtherMap } from './map-sheet';
import type { Measure } from './search-params';
import type { Simplified } from './simplify';
import { arrowHead, smoothWay } from './way';

const MARGIN = 24;
const FOOTER = 28;

interface Drawing {
  map: ProcessMap;
  shown: Simplified;
  layout: Layout;
  measure: Measure;
  other: OtherMap | null;
  tokens: Tokens;
  format: Format;
  t: TFunction;
}

export function mapSvg({ map, shown, layout, measure, other, tokens, format, t }: Drawing): string {
  const known = new Map(map.nodes.map((node) => [node.activity, node]));
  const steps = new Map(shown.edges.map((edge) => [edgeId(edge), edge]));
  const width = lineWidths(shown.edges, measure);

  const changes = measure === 'change' && other ? other.changes : null;
  const paintOf = (kind: 'more' | 'less' | 'same' | undefined) =>
    kind === 'more' ? tokens.more : kind === 'less' ? tokens.less : null;

  const lines = layout.edges.map((placed) => {
    const edge = steps.get(edgeId(placed));
    if (!edge) return '';
    const change = changes?.edges.get(edgeId(placed));
    const paint = paintOf(change?.kind);
    const text =
      measure === 'time'
        ? format.duration(timeOf(edge))
        : changes
          ? change && paint
            ? pointsText(change.difference.difference, format)
            : ''
          : format.number(edge.customers);
    const dash = change?.kind === 'less' ? ' stroke-dasharray="6 4"' : '';
    return (
      `<path d="${smoothWay(placed.points)}" fill="none" stroke="${paint ?? tokens.edge}" stroke-width="${width(edge).toFixed(1)}"${dash}/>` +
      `<path d="${arrowHead(placed.points, width(edge))}" fill="${paint ?? tokens.mark}"/>` +
      `<text x="${placed.label.x}" y="${placed.label.y + 4}" font-size="11" fill="${paint ?? tokens.muted}" text-anchor="middle" paint-order="stroke" stroke="${tokens.raised}" stroke-width="4">${escapeXml(text)}</text>`
    );
  });
  const cards = layout.nodes.map((placed) => {
    const node = known.get(placed.id);
    if (!node) return '';
    const customers = t('journeys.map.customers', { count: node.customers, n: format.number(node.customers) });
    const change = changes?.nodes.get(node.activity);
    const paint = paintOf(change?.kind);
    const points =
      change && paint
        ? `<tspan fill="${paint}" font-weight="500"> · ${escapeXml(pointsText(change.difference.difference, format))}</tspan>`
        : '';
    return (
      `<rect x="${placed.x}" y="${placed.y}" width="${placed.width}" height="${placed.height}" rx="8" fill="${tokens.raised}" stroke="${paint ?? tokens.mark}"/>` +
      `<text x="${placed.x + 12}" y="${placed.y + 20}" font-size="13" font-weight="500" fill="${tokens.ink}">${escapeXml(shortName(node.activity))}</text>` +
      `<text x="${placed.x + 12}" y="${placed.y + 36}" font-size="11" fill="${tokens.muted}">${escapeXml(customers)}${points}</text>`
    );
  });
  const hidden = t('journeys.map.shown', { share: format.share(shown.shownShare) });
  const over = t('journeys.over', {
    events: format.number(map.over.events),
    customers: format.number(map.over.customers),
  });
  const footer = `<text x="0" y="${layout.height + FOOTER}" font-size="11" fill="${tokens.muted}">${escapeXml([over, hidden, ...(changes && other ? [t('journeys.compare.footer', { name: other.name })] : [])].join(' · '))}</text>`;
  return svgDocument(
    layout.width + 2 * MARGIN,
    layout.height + 2 * MARGIN + FOOTER,
    tokens.raised,
    `<g transform="translate(${MARGIN} ${MARGIN})">${lines.join('')}${cards.join('')}${footer}</g>`,
  );
}
