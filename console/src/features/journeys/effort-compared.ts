// What it takes two populations. Pure.
import type { Effort } from '@/api/client';
import { type Change, changeOf } from './comparison';
import { type EffortMeasure, type Spread, spreadsOf, type TrendPoint, trendOf } from './effort';

export interface OtherEffort {
  /** How the other side is called in words. */
  name: string;
  answer: Effort;
  spreads: readonly Spread[];
  /** The difference in the share of all customers who reach the goal. */
  reached: Change | null;
}

/** What it takes on the other side. Of medians there is no interval, so they stand beside each other, without a difference. */
export function otherEffort(now: Effort, { answer, name }: { answer: Effort; name: string }): OtherEffort {
  return {
    name,
    answer,
    spreads: spreadsOf(answer),
    reached: changeOf(
      { part: now.customers, whole: now.over.customers },
      { part: answer.customers, whole: answer.over.customers },
    ),
  };
}

/** How the same measure is spread on the other side. */
export const spreadThere = (other: OtherEffort | null, measure: EffortMeasure) =>
  other?.spreads.find((spread) => spread.measure === measure) ?? null;

/** The medians of the other side in the weeks of a trend; none where it has another calendar. */
export function trendThere(
  trend: readonly TrendPoint[],
  other: OtherEffort | null,
  measure: EffortMeasure,
): TrendPoint[] {
  if (!other) return [];
  const there = new Map(trendOf(other.answer, measure).map((point) => [point.from, point]));
  if (!trend.some(({ from }) => there.has(from))) return [];
  return trend.map(({ from }) => there.get(from) ?? { from, runs: 0, median: null, mean: null });
}
