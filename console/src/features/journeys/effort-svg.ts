// The effort as a drawing for documents: how each measure is spread.
import type { TFunction } from 'i18next';
import type { Tokens } from '@/app/tokens';
import { escapeXml, svgDocument } from '@/ui/save';
import type { Format } from '@/ui/use-format';
import { type Spread, stripOf } from './effort';
import { type OtherEffort, spreadThere } from './effort-compared';
import { measuredText } from './use-measured';

const WIDTH = 720;
const MARGIN = 24;
const ROW = 66;

export function effortSvg({
  spreads,
  other,
  tokens,
  format,
  t,
}: {
  spreads: readonly Spread[];
  other: OtherEffort | null;
  tokens: Tokens;
  format: Format;
  t: TFunction;
}): string {
  const full = WIDTH - 2 * MARGIN;
  const drawn = spreads.map((spread, index) => {
    const y = MARGIN + index * ROW;
    const { measure } = spread;
    const there = spreadThere(other, measure);
    const strip = stripOf(spread, there);
    const beside = there && stripOf(there, spread);
    const at = (share: number) => MARGIN + full * share;
    const said = (value: number) => measuredText(measure, value, format);
    const text = (x: number, down: number, what: string, how: string) =>
      `<text x="${x}" y="${y + down}" ${how}>${escapeXml(what)}</text>`;
    const rect = (from: number, to: number, down: number, height: number, paint: string) =>
      `<rect x="${at(from)}" y="${y + down}" width="${Math.max(2, at(to) - at(from))}" height="${height}" fill="${paint}"/>`;
    return (
      text(MARGIN, 12, t(`journeys.effort.measures.${measure}`), `font-size="13" fill="${tokens.ink}"`) +
      text(
        WIDTH - MARGIN,
        12,
        said(spread.p50),
        `font-size="13" font-weight="600" text-anchor="end" fill="${tokens.ink}"`,
      ) +
      rect(0, 1, 20, 14, tokens.sunken) +
      rect(strip.p10, strip.p90, 26, 2, tokens.mark) +
      rect(strip.p25, strip.p75, 22, 10, tokens.edge) +
      `<rect x="${at(strip.p50) - 1}" y="${y + 20}" width="3" height="14" fill="${tokens.ink}"/>` +
      (beside
        ? `<rect x="${at(beside.p50) - 1}" y="${y + 17}" width="2" height="20" fill="none" stroke="${tokens.ink}"/>`
        : '') +
      text(
        MARGIN,
        48,
        t('journeys.effort.spread', {
          p25: said(spread.p25),
          p75: said(spread.p75),
          p10: said(spread.p10),
          p90: said(spread.p90),
          mean: said(spread.mean),
        }),
        `font-size="11" fill="${tokens.muted}"`,
      )
    );
  });
  const below = MARGIN + spreads.length * ROW;
  const note = other
    ? `<text x="${MARGIN}" y="${below}" font-size="11" fill="${tokens.muted}">${escapeXml(t('journeys.effort.markThere', { name: other.name }))}</text>`
    : '';
  return svgDocument(WIDTH, below + (other ? MARGIN : 0), tokens.raised, drawn.join('') + note);
}
