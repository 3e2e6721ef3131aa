// A visit is a customer's events on one channel with gaps under thirty minutes. Pure.
import type { TimelineEvent } from '@/api/client';

const GAP_MS = 30 * 60_000;

export interface Visit {
  channel: string | null;
  /** Where it happened; none when its events name no unit, or several. */
  unit: string | null;
  startedAt: number;
  endedAt: number;
  /** In the order in which they happened. */
  events: TimelineEvent[];
}

/** Groups a timeline, oldest event first, into visits, newest first. Visits on different channels may overlap. */
export function groupVisits(events: readonly TimelineEvent[]): Visit[] {
  const open = new Map<string | null, Visit>();
  const visits: Visit[] = [];
  for (const event of events) {
    const at = Date.parse(event.occurred_at);
    const channel = event.channel ?? null;
    const current = open.get(channel);
    if (current && at - current.endedAt < GAP_MS) {
      current.events.push(event);
      current.endedAt = at;
      continue;
    }
    const visit: Visit = { channel, unit: null, startedAt: at, endedAt: at, events: [event] };
    open.set(channel, visit);
    visits.push(visit);
  }
  for (const visit of visits) {
    const units = new Set(visit.events.flatMap((event) => (event.unit ? [event.unit] : [])));
    visit.unit = units.size === 1 ? ([...units][0] ?? null) : null;
  }
  return visits.reverse();
}
