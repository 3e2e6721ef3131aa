// What the interface does not describe yet.

import type { Finding, Over } from '@/api/client';
import { answer, api } from '@/api/client';
export interface Effort {
  runs: number;
  customers: number;
  unfinished: number;
  measures: {
    measure: string;
    p10?: number | null;
    p25?: number | null;
    p50?: number | null;
    p75?: number | null;
    p90?: number | null;
    mean?: number | null;
  }[];
  weeks: { from: string; runs: number; measures: { measure: string; median: number; mean: number }[] }[];
  contacts: string[];
  waits: string[];
  over: Over;
  findings: Finding[];
}
export const next = <T>(path: string, query: object, signal: AbortSignal): Promise<T> =>
  answer((api.GET as never as (p: string, o: object) => Promise<{ data?: T }>)(path, { params: { query }, signal }));
interface Difference {
  difference: number;
  low: number;
  high: number;
}
interface BreakdownGroup {
  value: string;
  customers: number;
  steps: {
    customers: number;
    share?: number | null;
    low?: number | null;
    high?: number | null;
    against_the_rest?: Difference | null;
  }[];
}
export interface FunnelBreakdown {
  by: string;
  groups: BreakdownGroup[];
  other?: BreakdownGroup | null;
}
export interface NextStep {
  p90_ms?: number | null;
  mean_ms?: number | null;
  entries?: { count: number; share?: number | null; low?: number | null; high?: number | null } | null;
}
export interface Frictions {
  frictions: {
    kind: string;
    about: string[];
    element: string;
    threshold?: { median_ms: number; p90_ms: number; longest_ms: number } | null;
    customers: number;
    share: number;
    low: number;
    high: number;
    times: number;
    observed: number;
    comparable: number;
    comparable_lost: number;
    lost?: {
      customers: number;
      low: number;
      high: number;
      difference: number;
      difference_low: number;
      difference_high: number;
    } | null;
  }[];
  left_out: number;
  goal: string[];
  horizon_ms: number;
  reads_as: string;
  over: Over;
  findings: Finding[];
}
