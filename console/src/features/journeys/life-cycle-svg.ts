// The bars of the life cycle as a drawing for documents.
import type { TFunction } from 'i18next';
import type { Tokens } from '@/app/tokens';
import { escapeXml, svgDocument } from '@/ui/save';
import type { Format } from '@/ui/use-format';
import { periodName } from './cohort-triangle';
import type { By } from './defaults';
import { LIFE_CYCLE_KINDS, type LifeCyclePeriod, lifeCycleDrawing } from './life-cycle';

const WIDTH = 960;
const LEGEND = 36;

export function lifeCycleSvg({
  periods,
  by,
  tokens,
  format,
  t,
}: {
  periods: readonly LifeCyclePeriod[];
  by: By;
  tokens: Tokens;
  format: Format;
  t: TFunction;
}): string {
  const drawing = lifeCycleDrawing(periods, WIDTH);
  const paints = {
    new: tokens.accent,
    returning: tokens.mark,
    resurrected: 'url(#resurrected)',
    dormant: tokens.raised,
  };
  const text = (x: number, y: number, said: string, anchor: 'start' | 'end', colour = tokens.muted) =>
    `<text x="${x}" y="${y}" font-size="11" text-anchor="${anchor}" fill="${colour}">${escapeXml(said)}</text>`;
  const line = (y: number, colour: string) =>
    `<line x1="${drawing.left}" x2="${drawing.width}" y1="${y}" y2="${y}" stroke="${colour}"/>`;
  const levels = drawing.levels.map(
    ({ count, y }) => line(y, tokens.line) + text(drawing.left - 8, y + 4, format.number(count), 'end'),
  );
  const columns = drawing.columns.map(({ x, bars, isNamed }, index) => {
    const from = periods[index]?.first_day ?? '';
    const rects = bars.map(
      (bar) =>
        `<rect x="${bar.x}" y="${bar.y}" width="${bar.width}" height="${bar.height}" fill="${paints[bar.kind]}" stroke="${tokens.mark}"/>`,
    );
    return rects.join('') + (isNamed ? text(x, drawing.height - 8, periodName(from, by, format), 'start') : '');
  });
  const legend = LIFE_CYCLE_KINDS.map((kind, index) => {
    const x = drawing.left + index * 190;
    return (
      `<rect x="${x}" y="${drawing.height + 10}" width="16" height="12" fill="${paints[kind]}" stroke="${tokens.mark}"/>` +
      text(x + 24, drawing.height + 20, t(`journeys.lifeCycle.kinds.${kind}`), 'start', tokens.ink)
    );
  });
  const pattern = `<defs><pattern id="resurrected" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="${tokens.raised}"/><rect width="2.5" height="5" fill="${tokens.accent}"/></pattern></defs>`;
  return svgDocument(
    Math.max(drawing.width + 16, drawing.left + 4 * 190),
    drawing.height + LEGEND,
    tokens.raised,
    pattern + levels.join('') + columns.join('') + line(drawing.axis, tokens.ink) + legend.join(''),
  );
}
