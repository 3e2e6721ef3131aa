// How far those came who were invited. Pure.
import type { SurveyCounts } from '@/api/client';
import { type Interval, shareInterval } from '@/ui/proportions';

export const STAGES = ['invited', 'shown', 'started', 'answered'] as const;
export type Stage = (typeof STAGES)[number];

export interface FunnelStage {
  stage: Stage;
  count: number;
  /** Of those invited; none while nobody was. */
  share: number | null;
}

export function funnelOf({ invitations, shown, started, answered }: SurveyCounts): FunnelStage[] {
  const counts: Record<Stage, number> = { invited: invitations, shown, started, answered };
  return STAGES.map((stage) => ({
    stage,
    count: counts[stage],
    share: invitations === 0 ? null : counts[stage] / invitations,
  }));
}

export interface ResponseRate extends Interval {
  share: number;
  invited: number;
}

/** Of those invited, the share that answered, with its interval; none while nobody was. */
export function responseRate({ invitations, answered }: SurveyCounts): ResponseRate | null {
  if (invitations === 0) return null;
  return { share: answered / invitations, invited: invitations, ...shareInterval(answered, invitations) };
}
