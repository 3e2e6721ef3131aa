// What a funnel can be broken down by that is no property. Pure.
export const BREAKDOWN_WAYS = ['channel', 'unit', 'segment'] as const;

/** Whether it has a name of its own; all else is a property. */
export function isNamedBreakdown(by: string): by is (typeof BREAKDOWN_WAYS)[number] {
  return BREAKDOWN_WAYS.some((way) => way === by);
}
