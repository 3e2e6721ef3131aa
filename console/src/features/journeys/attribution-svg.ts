// The bars of attribution as a drawing for documents.
import type { TFunction } from 'i18next';
import type { Tokens } from '@/app/tokens';
import { escapeXml, svgDocument } from '@/ui/save';
import type { Format } from '@/ui/use-format';
import { type CreditRow, longestShare, type Model, modelsOf } from './attribution';
import { type OtherCredits, shareThere } from './attribution-compared';

const MARGIN = 24;
const NAME = 220;
const COLUMN = 130;
const BAR = 110;
const ROW = 38;
const LONGEST_NAME = 34;

export function attributionSvg({
  rows,
  all,
  other,
  sortedBy,
  touchName,
  tokens,
  format,
  t,
}: {
  rows: readonly CreditRow[];
  all: readonly CreditRow[];
  other: OtherCredits | null;
  sortedBy: Model;
  touchName: (row: CreditRow) => string;
  tokens: Tokens;
  format: Format;
  t: TFunction;
}): string {
  const models = modelsOf(all);
  const longest = longestShare(other ? [...all, ...other.rows.values()] : all);
  const text = (x: number, y: number, said: string, colour: string) =>
    `<text x="${x}" y="${y}" font-size="12" fill="${colour}">${escapeXml(said)}</text>`;
  const left = (model: number) => MARGIN + NAME + model * COLUMN;
  const head = models.map((model, index) =>
    text(left(index), MARGIN + 12, t(`journeys.attribution.models.${model}`), tokens.muted),
  );
  const body = rows.map((row, index) => {
    const y = MARGIN + 24 + index * ROW;
    const name = touchName(row);
    const bars = models.map((model, column) => {
      const credit = row.credits[model];
      if (!credit) return '';
      const paint = model === sortedBy ? tokens.accent : tokens.mark;
      const length = Math.max(1, BAR * (credit.share / longest));
      const there = other && shareThere(row, model, other);
      return (
        text(left(column), y + 16, format.share(credit.share), tokens.ink) +
        `<rect x="${left(column)}" y="${y + 21}" width="${BAR}" height="6" rx="3" fill="${tokens.sunken}"/>` +
        `<rect x="${left(column)}" y="${y + 21}" width="${length}" height="6" rx="3" fill="${paint}"/>` +
        (there === null
          ? ''
          : `<rect x="${left(column) + BAR * (there / longest) - 1}" y="${y + 18}" width="2" height="12" fill="${tokens.ink}"/>`)
      );
    });
    const short = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
    return text(MARGIN, y + 20, short, tokens.ink) + bars.join('');
  });
  const below = MARGIN + 24 + rows.length * ROW + 20;
  return svgDocument(
    left(models.length) + MARGIN,
    below + (other ? 40 : 20),
    tokens.raised,
    head.join('') +
      body.join('') +
      text(MARGIN, below, t('journeys.attribution.association'), tokens.muted) +
      (other ? text(MARGIN, below + 20, t('journeys.compare.mark', { name: other.name }), tokens.muted) : ''),
  );
}
