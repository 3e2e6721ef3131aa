// The triangle of cohorts as a drawing for documents.
import type { TFunction } from 'i18next';
import type { Tokens } from '@/app/tokens';
import { mixed } from '@/app/tokens';
import { escapeXml, svgDocument } from '@/ui/save';
import type { Format } from '@/ui/use-format';
import { periodName } from './cohort-triangle';
import { type CohortRow, type CurvePoint, darkestShare, type Retained } from './cohorts';
import type { By } from './defaults';

const MARGIN = 24;
const NAME = 110;
const COUNT = 64;
const CELL = { width: 48, height: 28 };

export function retentionSvg({
  rows,
  all,
  curve,
  by,
  tokens,
  format,
  t,
}: {
  rows: readonly CohortRow[];
  all: readonly CohortRow[];
  curve: readonly CurvePoint[];
  by: By;
  tokens: Tokens;
  format: Format;
  t: TFunction;
}): string {
  const darkest = darkestShare(all);
  const left = MARGIN + NAME + COUNT;
  const widest = Math.max(1, ...rows.map(({ cells }) => cells.length));
  const text = (x: number, y: number, said: string, how = '') =>
    `<text x="${x}" y="${y}" font-size="12" fill="${tokens.ink}" ${how}>${escapeXml(said)}</text>`;
  const head =
    text(MARGIN, MARGIN + 12, t(`journeys.retention.began.${by}`)) +
    text(left, MARGIN + 12, t(`journeys.retention.after.${by}`)) +
    Array.from({ length: widest }, (_, after) =>
      text(left + (after + 0.5) * CELL.width, MARGIN + 34, format.number(after), 'text-anchor="middle"'),
    ).join('');
  const line = (
    row: number,
    name: string,
    customers: number,
    cells: readonly (Retained & { isComplete?: boolean })[],
  ) => {
    const y = MARGIN + 44 + row * CELL.height;
    const weight = row === 0 ? 'font-weight="600"' : '';
    const drawn = cells.map((cell) => {
      const x = left + cell.after * CELL.width;
      const isOpen = cell.isComplete === false;
      const paint = mixed(tokens.accent, tokens.raised, 0.45 * (cell.share / darkest));
      const edge = isOpen ? `stroke="${tokens.mark}" stroke-dasharray="3 2"` : '';
      return (
        `<rect x="${x + 1}" y="${y + 1}" width="${CELL.width - 2}" height="${CELL.height - 2}" rx="4" fill="${paint}" ${edge}/>` +
        text(x + CELL.width / 2, y + 18, format.points(cell.share), `text-anchor="middle" ${weight}`)
      );
    });
    return (
      text(MARGIN, y + 18, name, weight) +
      text(left - 12, y + 18, format.number(customers), `text-anchor="end" ${weight}`) +
      drawn.join('')
    );
  };
  const began = all.reduce((sum, { customers }) => sum + customers, 0);
  const body =
    line(0, t('journeys.retention.all'), began, curve) +
    rows
      .map(({ from, customers, cells }, index) => line(index + 1, periodName(from, by, format), customers, cells))
      .join('');
  const below = MARGIN + 44 + (rows.length + 1) * CELL.height;
  return svgDocument(
    left + widest * CELL.width + MARGIN,
    below + 40,
    tokens.raised,
    head + body + text(MARGIN, below + 22, t('journeys.retention.openSvg')),
  );
}
