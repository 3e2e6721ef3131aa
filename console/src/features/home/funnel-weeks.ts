// The share that reaches the end of a funnel in one week against the weeks before. Pure.
import { type Difference, shareDifference } from '@/ui/proportions';

export interface FunnelWeek {
  /** Customers who began. */
  began: number;
  /** Of these, customers who reached the end. */
  ended: number;
}

export interface FunnelChange {
  share: number;
  before: number;
  difference: Difference;
  began: number;
  beganBefore: number;
  /** Whether the difference is more than chance and more than weeks differ anyway. */
  isBeyondNoise: boolean;
}

/**
 * Compares a week with the sum of weeks before, each cut at its own end, so that all lose alike whoever began late. Beyond noise is what
 * chance does not explain (the interval of the difference leaves out zero) and no week before had: weeks differ by more than chance.
 */
export function funnelChange(week: FunnelWeek, before: readonly FunnelWeek[]): FunnelChange | null {
  const began = before.reduce((sum, each) => sum + each.began, 0);
  const ended = before.reduce((sum, each) => sum + each.ended, 0);
  const difference = shareDifference(week.ended, week.began, ended, began);
  if (difference === null) return null;
  const share = week.ended / week.began;
  const shares = before.filter((each) => each.began > 0).map((each) => each.ended / each.began);
  const isChance = difference.low <= 0 && difference.high >= 0;
  const isUsual = share >= Math.min(...shares) && share <= Math.max(...shares);
  return {
    share,
    before: ended / began,
    difference,
    began: week.began,
    beganBefore: began,
    isBeyondNoise: !isChance && !isUsual,
  };
}
