// Who came back: the rows of the triangle and the curve of all of them, as they are drawn. Pure.
import type { Retention } from '@/api/client';
import { type Change, changeOf } from './comparison';

/** Rows that are drawn unless more are asked for: as many as can be read at once. */
export const ROWS_AT_FIRST = 16;

export interface Retained {
  /** Periods after that of the beginning. */
  after: number;
  /** Those who began, and those of them who came back. */
  customers: number;
  returned: number;
  share: number;
  low: number;
  high: number;
}

export interface CohortCell extends Retained {
  /** Whether the period is over: in one that is not, more may come back yet. */
  isComplete: boolean;
}

export interface CohortRow {
  /** First day of the period in which they began. */
  from: string;
  customers: number;
  /** By periods after that of the beginning; shorter, the later they began. */
  cells: readonly CohortCell[];
}

export interface CurvePoint extends Retained {
  /** Cohorts that are old enough. */
  cohorts: number;
}

/** The cohorts in which somebody began, the latest last. */
export function cohortRows({ cohorts }: Retention): CohortRow[] {
  return cohorts
    .filter(({ customers }) => customers > 0)
    .map(({ first_day, customers, returned }) => ({
      from: first_day,
      customers,
      cells: returned.map((cell, after) => ({
        after,
        customers,
        returned: cell.customers,
        share: cell.share,
        low: cell.low,
        high: cell.high,
        isComplete: cell.is_complete,
      })),
    }));
}

/** All cohorts together, as far as at least one is old enough. */
export function curvePoints({ curve }: Retention): CurvePoint[] {
  return curve
    .filter(({ cohorts }) => cohorts > 0)
    .map(({ after, cohorts, customers, returned, share, low, high }) => ({
      after,
      cohorts,
      customers,
      returned,
      share: share ?? 0,
      low: low ?? 0,
      high: high ?? 1,
    }));
}

/** The share that is painted darkest; at least a hundredth, so that next to nothing does not look like much. */
export function darkestShare(rows: readonly CohortRow[]): number {
  return Math.max(0.01, ...rows.flatMap(({ cells }) => cells.map(({ share }) => share)));
}

/** The point that says most in one number: who came back in the period after the first; else the first there is. */
export function headline(curve: readonly CurvePoint[]): CurvePoint | null {
  return curve.find(({ after }) => after === 1) ?? curve[0] ?? null;
}

export interface OtherCurve {
  curve: readonly CurvePoint[];
  /** How the other side is called in words. */
  name: string;
}

/** The change of a point against the same point of the other side. */
export function pointChange(point: CurvePoint, other: OtherCurve | null): Change | null | undefined {
  const there = other?.curve.find(({ after }) => after === point.after);
  return (
    there &&
    changeOf({ part: point.returned, whole: point.customers }, { part: there.returned, whole: there.customers })
  );
}
