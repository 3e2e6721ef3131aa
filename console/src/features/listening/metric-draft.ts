// A metric as it is being written: texts of fields, and what they come to. Pure.
import type { Metric } from '@/api/client';

export const FORMULAS = ['top_boxes', 'net_share', 'mean'] as const;
export type Formula = (typeof FORMULAS)[number];
export type MetricDefinition = Omit<Metric, 'name' | 'is_own' | 'range'>;

export interface MetricDraft {
  name: string;
  property: string;
  formula: Formula;
  lowest: string;
  highest: string;
  to: string;
  from: string;
  es: string;
  en: string;
  source: string;
  /** Answers one after the other, with blanks between. */
  answers: string;
  score: string;
}

const text = (number: number | null | undefined) => (number == null ? '' : String(number));

/** The fields of a metric, or those of a new one. */
export function draftOf(metric: Metric | null): MetricDraft {
  return {
    name: metric?.name ?? '',
    property: metric?.property ?? '',
    formula: FORMULAS.find((each) => each === metric?.formula) ?? 'top_boxes',
    lowest: text(metric?.answers[0] ?? 1),
    highest: text(metric?.answers[1] ?? 5),
    to: text(metric?.detractors_to),
    from: text(metric ? (metric.top_from ?? metric.promoters_from) : 4),
    es: metric?.definition.es ?? '',
    en: metric?.definition.en ?? '',
    source: metric?.source ?? '',
    answers: (metric?.example.answers ?? [])
      .map(({ answer, count }) => (count === 1 ? `${answer}` : `${answer}×${count}`))
      .join(' '),
    score: text(metric?.example.score),
  };
}

/** A number as people write it, with a point or a comma. */
function numberOf(written: string): number | null {
  const number = Number(written.trim().replace(',', '.').replace('−', '-'));
  return written.trim() === '' || !Number.isFinite(number) ? null : number;
}

/** Answers such as `5 5 3` or `5×40 3×2`, each with how many gave it; null where one is no number. */
export function answersOf(written: string): { answer: number; count: number }[] | null {
  const counts = new Map<number, number>();
  for (const word of written.split(/[\s;]+/).filter((each) => each !== '')) {
    const [value = '', times = '1', ...more] = word.split(/[×x*]/);
    const answer = numberOf(value);
    const count = Number(times);
    if (answer === null || !Number.isInteger(count) || count < 1 || more.length > 0) return null;
    counts.set(answer, (counts.get(answer) ?? 0) + count);
  }
  return [...counts].map(([answer, count]) => ({ answer, count })).sort((a, b) => b.answer - a.answer);
}

/** What the fields come to; null while a number is missing or unreadable. The server says whether it holds. */
export function readDraft(draft: MetricDraft): MetricDefinition | null {
  const [lowest, highest, score] = [numberOf(draft.lowest), numberOf(draft.highest), numberOf(draft.score)];
  const [to, from, answers] = [numberOf(draft.to), numberOf(draft.from), answersOf(draft.answers)];
  if (lowest === null || highest === null || score === null || answers === null || answers.length === 0) return null;
  if (draft.formula !== 'mean' && from === null) return null;
  if (draft.formula === 'net_share' && to === null) return null;
  return {
    property: draft.property.trim(),
    formula: draft.formula,
    ...(draft.formula === 'net_share' ? { detractors_to: to, promoters_from: from } : {}),
    ...(draft.formula === 'top_boxes' ? { top_from: from } : {}),
    answers: [lowest, highest],
    definition: { es: draft.es.trim(), en: draft.en.trim() },
    source: draft.source.trim(),
    example: { answers, score },
  };
}
