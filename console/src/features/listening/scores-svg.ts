// The score and its trend as a drawing for documents.
import type { TFunction } from 'i18next';
import type { Scores } from '@/api/client';
import { mixed, type Tokens } from '@/app/tokens';
import { escapeXml, svgDocument } from '@/ui/save';
import type { Format } from '@/ui/use-format';
import { marksOf, rowsOf } from './annotations';
import { scoreOf, scorePoints } from './scores';
import { tickText, trendOf } from './trend';
import { axisText, scoreText } from './use-score-text';

const WIDTH = 760;
const MARGIN = 24;
const HEAD = 64;
const HEIGHT = 320;
/** Heights of a row of numbers above the trend, and of a line of the list below it. */
const ROW = 18;
const LINE = 18;

export function scoresSvg({
  answer,
  metric,
  tokens,
  format,
  t,
}: {
  answer: Scores;
  /** What the metric is called. */
  metric: string;
  tokens: Tokens;
  format: Format;
  t: TFunction;
}): string {
  const said = (score: number) => scoreText(answer.metric.formula, score, format);
  const text = (x: number, y: number, what: string, how: string) =>
    `<text x="${x}" y="${y}" ${how}>${escapeXml(what)}</text>`;
  const small = `font-size="11" fill="${tokens.muted}"`;
  const points = scorePoints(answer);
  const ends = { left: MARGIN + 48, right: WIDTH - MARGIN };
  const marks = marksOf(points, answer.annotations, ends);
  const height = HEIGHT + rowsOf(marks) * ROW;
  const top = MARGIN + HEAD + rowsOf(marks) * ROW;
  const place = { ...ends, top, bottom: height - MARGIN - 20 };
  const trend = trendOf(points, answer.metric.range, place);
  const score = scoreOf(answer.whole.total);
  const head =
    text(MARGIN, MARGIN + 8, metric, `font-size="13" fill="${tokens.ink}"`) +
    text(
      MARGIN,
      MARGIN + 34,
      score ? said(score.value) : '–',
      `font-size="24" font-weight="600" fill="${tokens.ink}"`,
    ) +
    text(
      MARGIN + 96,
      MARGIN + 32,
      [
        ...(score ? [t('listening.interval', { low: said(score.low), high: said(score.high) })] : []),
        t('listening.answers', {
          count: answer.whole.total.answers,
          n: format.number(answer.whole.total.answers),
        }),
      ].join(' '),
      small,
    );
  const levels = trend.levels.map(
    ({ value, y }) =>
      `<line x1="${place.left}" x2="${place.right}" y1="${y}" y2="${y}" stroke="${tokens.line}"/>${text(place.left - 8, y + 4, axisText(answer.metric.formula, value, format), `text-anchor="end" ${small}`)}`,
  );
  const bands = trend.bands.map((band) => `<path d="${band}" fill="${mixed(tokens.accent, tokens.raised, 0.16)}"/>`);
  const lines = trend.lines.map((line) => `<path d="${line}" fill="none" stroke="${tokens.accent}" stroke-width="2"/>`);
  const dots = trend.points.map(
    ({ x, y, low, high, index }) =>
      `${trend.alone.includes(index) ? `<line x1="${x}" x2="${x}" y1="${low}" y2="${high}" stroke="${mixed(tokens.accent, tokens.raised, 0.4)}"/>` : ''}<circle cx="${x}" cy="${y}" r="3" fill="${tokens.accent}"/>`,
  );
  const ticks = trend.ticks.map(({ x }, at) =>
    text(x, height - MARGIN, tickText(points, trend.ticks, at, format), `text-anchor="middle" ${small}`),
  );
  const numbers = marks.map(({ number, from, to, row, annotation }) => {
    const y = MARGIN + HEAD + row * ROW - 4;
    const lasted =
      annotation.last_day === annotation.first_day
        ? ''
        : `<rect x="${from}" y="${y}" width="${Math.max(1, to - from)}" height="${place.bottom - y}" fill="${tokens.muted}" opacity="0.1"/>`;
    return `${lasted}<line x1="${from}" x2="${from}" y1="${y}" y2="${place.bottom}" stroke="${tokens.muted}" stroke-dasharray="2 3"/><circle cx="${from}" cy="${y}" r="8" fill="${tokens.raised}" stroke="${tokens.muted}"/>${text(from, y + 3.5, String(number), `text-anchor="middle" font-size="10" fill="${tokens.ink}"`)}`;
  });
  const list = marks.map(({ number, annotation: { first_day, last_day, text: said } }, at) => {
    const days = first_day === last_day ? format.day(first_day) : `${format.day(first_day)} – ${format.day(last_day)}`;
    return text(MARGIN, height + at * LINE, `${number}. ${said} · ${days}`, small);
  });
  const content = [head, ...numbers, ...list, ...levels, ...bands, ...lines, ...dots, ...ticks].join('');
  return svgDocument(WIDTH, height + marks.length * LINE, tokens.raised, content);
}
