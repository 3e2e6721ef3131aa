// The score and its trend as a drawing for documents.
import type { TFunction } from 'i18next';
import type { Scores } from '@/api/client';
import { mixed, type Tokens } from '@/app/tokens';
import { escapeXml, svgDocument } from '@/ui/save';
import type { Format } from '@/ui/use-format';
import { scoreOf, scorePoints } from './scores';
import type { MetricName } from './search-params';
import { tickText, trendOf } from './trend';
import { axisText, scoreText } from './use-score-text';

const WIDTH = 760;
const MARGIN = 24;
const HEAD = 64;
const HEIGHT = 320;

export function scoresSvg({
  answer,
  metric,
  tokens,
  format,
  t,
}: {
  answer: Scores;
  metric: MetricName;
  tokens: Tokens;
  format: Format;
  t: TFunction;
}): string {
  const said = (score: number) => scoreText(answer.metric.formula, score, format);
  const text = (x: number, y: number, what: string, how: string) =>
    `<text x="${x}" y="${y}" ${how}>${escapeXml(what)}</text>`;
  const small = `font-size="11" fill="${tokens.muted}"`;
  const points = scorePoints(answer);
  const place = { left: MARGIN + 48, right: WIDTH - MARGIN, top: MARGIN + HEAD, bottom: HEIGHT - MARGIN - 20 };
  const trend = trendOf(points, answer.metric.range, place);
  const score = scoreOf(answer.whole.total);
  const head =
    text(MARGIN, MARGIN + 8, t(`listening.metrics.${metric}`), `font-size="13" fill="${tokens.ink}"`) +
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
  const marks = trend.points.map(
    ({ x, y, low, high, index }) =>
      `${trend.alone.includes(index) ? `<line x1="${x}" x2="${x}" y1="${low}" y2="${high}" stroke="${mixed(tokens.accent, tokens.raised, 0.4)}"/>` : ''}<circle cx="${x}" cy="${y}" r="3" fill="${tokens.accent}"/>`,
  );
  const ticks = trend.ticks.map(({ x }, at) =>
    text(x, HEIGHT - MARGIN, tickText(points, trend.ticks, at, format), `text-anchor="middle" ${small}`),
  );
  const content = [head, ...levels, ...bands, ...lines, ...marks, ...ticks].join('');
  return svgDocument(WIDTH, HEIGHT, tokens.raised, content);
}
