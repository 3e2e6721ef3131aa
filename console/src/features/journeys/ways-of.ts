// What comes before and after an activity. Each event of an activity either follows another or starts its customer's journey, and is
// either followed by another or ends it: so the parts always add up to all of its events.
import type { ProcessMap } from '@/api/client';

export interface Way {
  /** None where the journey starts or ends. */
  activity: string | null;
  count: number;
  share: number;
}

export interface Ways {
  most: Way[];
  others: { activities: number; count: number; share: number } | null;
}

function waysOf(given: { activity: string | null; count: number }[], shown: number): Ways {
  const present = given.filter((way) => way.count > 0).sort((a, b) => b.count - a.count);
  const total = present.reduce((sum, way) => sum + way.count, 0);
  const withShare = present.map((way) => ({ ...way, share: total === 0 ? 0 : way.count / total }));
  const rest = withShare.slice(shown);
  const count = rest.reduce((sum, way) => sum + way.count, 0);
  return {
    most: withShare.slice(0, shown),
    others: rest.length === 0 ? null : { activities: rest.length, count, share: count / total },
  };
}

export function waysBefore(map: ProcessMap, activity: string, shown = 5): Ways {
  const coming = map.edges
    .filter((edge) => edge.to === activity)
    .map((edge) => ({ activity: edge.from, count: edge.events }));
  const starting = map.starts.find((start) => start.activity === activity)?.customers ?? 0;
  return waysOf([...coming, { activity: null, count: starting }], shown);
}

export function waysAfter(map: ProcessMap, activity: string, shown = 5): Ways {
  const going = map.edges
    .filter((edge) => edge.from === activity)
    .map((edge) => ({ activity: edge.to, count: edge.events }));
  const ending = map.ends.find((end) => end.activity === activity)?.customers ?? 0;
  return waysOf([...going, { activity: null, count: ending }], shown);
}
