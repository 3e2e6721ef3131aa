// Which customers stand on the two sides of a comparison. Pure.
import type { Scope } from '@/app/scope';
import type { Against, ExplorerSearch } from './search-params';

export interface Population {
  segment?: string[];
  without_segment?: string[];
}

/**
 * The customers of a question and those of what it is compared with, none where that is not chosen yet. Nobody stands on both sides:
 * of two segments that overlap, those who belong to both are left out.
 */
export function populations(
  segment: string | undefined,
  against: Against | undefined,
  otherSegment: string | undefined,
): { own: Population; other: Population | null } {
  const own = segment === undefined ? {} : { segment: [segment] };
  if (against === 'rest') return { own, other: segment === undefined ? null : { without_segment: [segment] } };
  if (against !== 'segment') return { own, other: own };
  if (otherSegment === undefined || otherSegment === segment) return { own, other: null };
  if (segment === undefined) return { own: { without_segment: [otherSegment] }, other: { segment: [otherSegment] } };
  return {
    own: { segment: [segment], without_segment: [otherSegment] },
    other: { segment: [otherSegment], without_segment: [segment] },
  };
}

/** What a question is asked over: the period and the channels of the frame, and segments. */
export interface Asked extends Scope, Population {}

/** What the question of an address is asked over. */
export function askedOver(
  scope: Scope,
  { segment, against, otherSegment }: Pick<ExplorerSearch, 'segment' | 'against' | 'otherSegment'>,
): Asked {
  return { ...scope, ...populations(segment, against, otherSegment).own };
}
