// What is drawn of scores: who answered what, and where each period stands. Pure.
import type { Scored, Scores } from '@/api/client';

export type Metric = Scores['metric'];

/** A part of the answers with a name of its own, such as those of promoters. */
export interface AnswerPart {
  name: 'detractors' | 'passives' | 'promoters' | 'below' | 'top';
  count: number;
  share: number;
  /** Of the scale of experience, 1 to 9. */
  step: number;
}

/** How many gave each answer that can be given, lowest first. */
export interface AnswerCount {
  value: number;
  count: number;
  share: number;
  step: number;
}

/** Steps of a scale that is shown whole. */
const WIDEST_SCALE = 20;
const STEPS = 9;
const BAD = 2;
const NEITHER = 5;
const GOOD = 8;

/** The step of the scale of experience, 1 to 9, of a number between two others. */
export function stepOf(value: number, [lowest, highest]: readonly number[]): number {
  if (lowest === undefined || highest === undefined || highest <= lowest) return Math.ceil(STEPS / 2);
  const part = Math.min(1, Math.max(0, (value - lowest) / (highest - lowest)));
  return 1 + Math.round(part * (STEPS - 1));
}

/** The step of an answer: that of its part where the metric tells parts apart, so that six of ten looks as it counts. */
function answerStep(
  { answers, detractors_to: to, promoters_from: from, top_from: top }: Metric,
  value: number,
): number {
  if (to != null && from != null) return value <= to ? BAD : value < from ? NEITHER : GOOD;
  if (top != null) return value < top ? BAD : GOOD;
  return stepOf(value, answers);
}

/** Every answer of the scale, those that nobody gave too, and between them those that are no whole number. */
export function answerCounts(metric: Metric, values: readonly number[], counts: readonly number[]): AnswerCount[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return [];
  const [lowest = 0, highest = 0] = metric.answers;
  // Of a wide scale only what was given: nobody can look at a thousand empty columns.
  const steps = highest - lowest <= WIDEST_SCALE ? Math.floor(highest - lowest) + 1 : 0;
  const whole = Array.from({ length: steps }, (_, index) => lowest + index);
  const scale = [...new Set([...whole, ...values])].sort((a, b) => a - b);
  return scale.map((value) => {
    const count = counts[values.indexOf(value)] ?? 0;
    return { value, count, share: count / all, step: answerStep(metric, value) };
  });
}

/** The parts that the metric's definition names; none where it is a mean. */
export function answerParts(metric: Metric, answers: readonly AnswerCount[]): AnswerPart[] {
  const part = (name: AnswerPart['name'], step: number, isIn: (value: number) => boolean): AnswerPart => {
    const found = answers.filter(({ value }) => isIn(value));
    const count = found.reduce((sum, answer) => sum + answer.count, 0);
    return { name, step, count, share: found.reduce((sum, answer) => sum + answer.share, 0) };
  };
  const { detractors_to: to, promoters_from: from, top_from: top } = metric;
  if (to != null && from != null)
    return [
      part('detractors', BAD, (value) => value <= to),
      part('passives', NEITHER, (value) => value > to && value < from),
      part('promoters', GOOD, (value) => value >= from),
    ];
  if (top != null) return [part('below', BAD, (value) => value < top), part('top', GOOD, (value) => value >= top)];
  return [];
}

/** A period with how it was felt in it; no score where too few answered. */
export interface ScorePoint {
  firstDay: string;
  isOver: boolean;
  answers: number;
  customers: number;
  score: { value: number; low: number; high: number } | null;
}

/** A score with both ends of its interval, or none. */
export function scoreOf({ score, low, high }: Scored): ScorePoint['score'] {
  return score == null || low == null || high == null ? null : { value: score, low, high };
}

export function scorePoints({ periods, whole }: Scores): ScorePoint[] {
  return periods.flatMap(({ first_day, is_over }, index) => {
    const scored = whole.periods[index];
    if (!scored) return [];
    const { answers, customers } = scored;
    return [{ firstDay: first_day, isOver: is_over, answers, customers, score: scoreOf(scored) }];
  });
}

/** The ends of an axis with room for all intervals, at round numbers within what the metric can be, and the distance of its lines. */
export function axisOf(
  scores: readonly ScorePoint['score'][],
  [lowest = 0, highest = 1]: readonly number[],
): { low: number; high: number; step: number } {
  const told = scores.filter((score) => score !== null);
  const low = told.length === 0 ? lowest : Math.min(...told.map((score) => score.low));
  const high = told.length === 0 ? highest : Math.max(...told.map((score) => score.high));
  const wanted = Math.max(high - low, (highest - lowest) / 50) / 4;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = power * ([1, 2, 5].find((each) => wanted <= each * power) ?? 10);
  const round = (value: number) => Math.round(value * 1e6) / 1e6;
  return {
    low: round(Math.max(lowest, Math.floor(low / step) * step)),
    high: round(Math.min(highest, Math.ceil(high / step) * step)),
    step,
  };
}
