// The process map as a drawing for documents.
import type { TFunction } from 'i18next';
import type { ProcessMap } from '@/api/client';
import type { Tokens } from '@/app/tokens';
import { escapeXml, svgDocument } from '@/ui/save';
import type { Format } from '@/ui/use-format';
import { edgeId, lineWidths, shortName, timeOf } from './drawing';
import type { Layout } from './layout';
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
  tokens: Tokens;
  format: Format;
  t: TFunction;
}

export function mapSvg({ map, shown, layout, measure, tokens, format, t }: Drawing): string {
  const known = new Map(map.nodes.map((node) => [node.activity, node]));
  const steps = new Map(shown.edges.map((edge) => [edgeId(edge), edge]));
  const width = lineWidths(shown.edges, measure);

  const lines = layout.edges.map((placed) => {
    const edge = steps.get(edgeId(placed));
    if (!edge) return '';
    const text = measure === 'time' ? format.duration(timeOf(edge)) : format.number(edge.customers);
    return (
      `<path d="${smoothWay(placed.points)}" fill="none" stroke="${tokens.edge}" stroke-width="${width(edge).toFixed(1)}"/>` +
      `<path d="${arrowHead(placed.points, width(edge))}" fill="${tokens.mark}"/>` +
      `<text x="${placed.label.x}" y="${placed.label.y + 4}" font-size="11" fill="${tokens.muted}" text-anchor="middle" paint-order="stroke" stroke="${tokens.raised}" stroke-width="4">${escapeXml(text)}</text>`
    );
  });
  const cards = layout.nodes.map((placed) => {
    const node = known.get(placed.id);
    if (!node) return '';
    const customers = t('journeys.map.customers', { count: node.customers, n: format.number(node.customers) });
    return (
      `<rect x="${placed.x}" y="${placed.y}" width="${placed.width}" height="${placed.height}" rx="8" fill="${tokens.raised}" stroke="${tokens.mark}"/>` +
      `<text x="${placed.x + 12}" y="${placed.y + 20}" font-size="13" font-weight="500" fill="${tokens.ink}">${escapeXml(shortName(node.activity))}</text>` +
      `<text x="${placed.x + 12}" y="${placed.y + 36}" font-size="11" fill="${tokens.muted}">${escapeXml(customers)}</text>`
    );
  });
  const hidden = t('journeys.map.shown', { share: format.share(shown.shownShare) });
  const over = t('journeys.over', {
    events: format.number(map.over.events),
    customers: format.number(map.over.customers),
  });
  const footer = `<text x="0" y="${layout.height + FOOTER}" font-size="11" fill="${tokens.muted}">${escapeXml(`${over} · ${hidden}`)}</text>`;
  return svgDocument(
    layout.width + 2 * MARGIN,
    layout.height + 2 * MARGIN + FOOTER,
    tokens.raised,
    `<g transform="translate(${MARGIN} ${MARGIN})">${lines.join('')}${cards.join('')}${footer}</g>`,
  );
}
