// Importance against performance as a drawing for documents, with the list that its numbers stand for.
import type { TFunction } from 'i18next';
import type { Drivers } from '@/api/client';
import { mixed, type Tokens } from '@/app/tokens';
import { escapeXml, svgDocument } from '@/ui/save';
import type { Format } from '@/ui/use-format';
import { quadrantsOf } from './drivers';
import { variableText } from './use-driver-text';

const WIDTH = 760;
const MARGIN = 24;
const PICTURE = 340;
const LINE = 20;

export function driversSvg({
  answer,
  outcome,
  tokens,
  format,
  t,
}: {
  answer: Drivers;
  outcome: string;
  tokens: Tokens;
  format: Format;
  t: TFunction;
}): string {
  const text = (x: number, y: number, what: string, how: string) =>
    `<text x="${x}" y="${y}" ${how}>${escapeXml(what)}</text>`;
  const small = `font-size="11" fill="${tokens.muted}"`;
  const strong = `font-size="12" font-weight="600" fill="${tokens.ink}"`;
  const place = { left: MARGIN + 24, right: WIDTH - MARGIN, top: MARGIN + 24, bottom: MARGIN + PICTURE };
  const { left, right, top, bottom } = place;
  const { points, middle } = quadrantsOf(answer, place);
  const corner = (name: 'fix' | 'keep' | 'watch' | 'enough', x: number, y: number, anchor: string) =>
    text(x, y, t(`listening.drivers.quadrants.${name}`), `text-anchor="${anchor}" ${strong}`);
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${tokens.mark}" stroke-dasharray="4 4"/>`;
  const dots = points.map(({ number, driver, x, y }) => {
    const fill = driver.is_found ? tokens.accent : tokens.raised;
    const ink = driver.is_found ? tokens.onAccent : tokens.ink;
    return `<circle cx="${x}" cy="${y}" r="10" fill="${fill}" stroke="${tokens.accent}" stroke-width="1.5"/>${text(x, y + 4, String(number), `text-anchor="middle" font-size="11" fill="${ink}"`)}`;
  });
  const foot = bottom + 48;
  const list = answer.drivers.map((driver, index) =>
    text(
      MARGIN,
      foot + index * LINE,
      [
        `${index + 1}. ${variableText(driver, t)}`,
        t('listening.drivers.list.importance', { share: format.share(driver.importance) }),
        driver.is_found ? t('listening.drivers.list.found') : t('listening.drivers.list.notFound'),
      ].join(' · '),
      `font-size="12" fill="${tokens.ink}"`,
    ),
  );
  const content = [
    text(MARGIN, MARGIN + 8, t('listening.drivers.quadrants.name', { outcome }), strong),
    `<rect x="${left}" y="${top}" width="${middle.x - left}" height="${middle.y - top}" fill="${mixed(tokens.accent, tokens.raised, 0.08)}"/>`,
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" fill="none" stroke="${tokens.line}"/>`,
    line(middle.x, top, middle.x, bottom),
    line(left, middle.y, right, middle.y),
    corner('fix', left + 8, top + 18, 'start'),
    corner('keep', right - 8, top + 18, 'end'),
    corner('watch', left + 8, bottom - 8, 'start'),
    corner('enough', right - 8, bottom - 8, 'end'),
    ...dots,
    text(
      (left + right) / 2,
      bottom + 20,
      `${t('listening.drivers.quadrants.performance')} →`,
      `text-anchor="middle" ${small}`,
    ),
    `<g transform="rotate(-90 ${MARGIN + 10} ${(top + bottom) / 2})">${text(MARGIN + 10, (top + bottom) / 2, `${t('listening.drivers.quadrants.importance')} →`, `text-anchor="middle" ${small}`)}</g>`,
    ...list,
    text(MARGIN, foot + list.length * LINE + 8, t('listening.drivers.association'), small),
  ].join('');
  return svgDocument(WIDTH, foot + list.length * LINE + MARGIN + 8, tokens.raised, content);
}
