// What a funnel says beyond its numbers: where most are lost, and which step takes longest. Pure.
import type { Funnel } from '@/api/client';
import { type Change, changeOf } from './comparison';
import { writeStep } from './step-text';

export interface Step {
  activity: string;
  customers: number;
  /** Of those of the first step, 0 to 1. */
  ofFirst: number;
  /** Of those of the step before, 0 to 1; none for the first. */
  ofBefore: number | null;
  lost: number;
  medianMs: number | null;
  /** The time within which nine of ten come here; none for the first. */
  p90Ms: number | null;
  meanMs: number | null;
  /** How many times somebody began and came this far, when that is counted. */
  entries: { count: number; share: number; low: number; high: number } | null;
}

export function stepsOf(funnel: Funnel): Step[] {
  return funnel.steps.map((step, index) => {
    const { activity, conditions, customers, median_ms, p90_ms, mean_ms, entries } = step;
    const before = index === 0 ? null : (funnel.steps[index - 1]?.customers ?? 0);
    return {
      activity: writeStep({ activity, conditions: conditions ?? [] }),
      customers,
      ofFirst: funnel.customers === 0 ? 0 : customers / funnel.customers,
      ofBefore: before === null ? null : before === 0 ? 0 : customers / before,
      lost: before === null ? 0 : before - customers,
      medianMs: median_ms ?? null,
      p90Ms: p90_ms ?? null,
      meanMs: mean_ms ?? null,
      entries: entries
        ? { count: entries.count, share: entries.share ?? 0, low: entries.low ?? 0, high: entries.high ?? 1 }
        : null,
    };
  });
}

/** The step at which the largest number of customers go no further; none when nobody is lost. */
export function worstStep(steps: readonly Step[]): number | null {
  const worst = steps.reduce((found, step, index) => (step.lost > (steps[found]?.lost ?? 0) ? index : found), 0);
  return worst === 0 ? null : worst;
}

export function slowestStep(steps: readonly Step[]): number | null {
  return steps.reduce<number | null>(
    (found, step, index) =>
      step.medianMs !== null && (found === null || step.medianMs > (steps[found]?.medianMs ?? 0)) ? index : found,
    null,
  );
}

export interface OtherFunnel {
  steps: readonly Step[];
  /** For each step, the difference in the share of those of the first step; none where one side has nobody. */
  changes: readonly (Change | null)[];
  /** How the other side is called in words. */
  name: string;
}

export function otherFunnel(funnel: Funnel, other: { answer: Funnel; name: string }): OtherFunnel {
  return {
    name: other.name,
    steps: stepsOf(other.answer),
    changes: funnel.steps.map((step, index) =>
      changeOf(
        { part: step.customers, whole: funnel.customers },
        { part: other.answer.steps[index]?.customers ?? 0, whole: other.answer.customers },
      ),
    ),
  };
}
