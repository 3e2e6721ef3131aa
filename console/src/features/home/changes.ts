// What is different from before, from the maps of two periods and of all time before. Pure.
import type { ProcessMap } from '@/api/client';

export interface ActivityChange {
  activity: string;
  customers: number;
  /** How many times as many customers as before, less one; none when there were none before. */
  change: number | null;
}

export interface Changes {
  customers: number | null;
  events: number | null;
  most: ActivityChange[];
  /** Seen in the period and never before. */
  fresh: { activity: string; customers: number }[];
  /** Seen in the period before and not in this one. */
  gone: { activity: string; customers: number }[];
}

function changeOf(now: number, before: number): number | null {
  return before === 0 ? null : now / before - 1;
}

export function changesOf(now: ProcessMap, before: ProcessMap, everBefore: ProcessMap, shown = 8): Changes {
  const customersBefore = new Map(before.nodes.map((node) => [node.activity, node.customers]));
  const known = new Set(everBefore.nodes.map((node) => node.activity));
  const present = new Set(now.nodes.map((node) => node.activity));
  const byCustomers = (a: { customers: number }, b: { customers: number }) => b.customers - a.customers;
  return {
    customers: changeOf(now.over.customers, before.over.customers),
    events: changeOf(now.over.events, before.over.events),
    most: now.nodes
      .map(({ activity, customers }) => ({
        activity,
        customers,
        change: changeOf(customers, customersBefore.get(activity) ?? 0),
      }))
      .sort(byCustomers)
      .slice(0, shown),
    fresh: now.nodes.filter((node) => !known.has(node.activity)).sort(byCustomers),
    gone: before.nodes.filter((node) => !present.has(node.activity)).sort(byCustomers),
  };
}
