// The period that every analysis is about. As in the interface: the first day is included, the day `to` is not.

export interface Period {
  from?: string;
  to?: string;
}

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day of the calendar, written `2026-03-31`. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !DAY.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The day that the clocks of a zone show now. */
export function today(timeZone: string, now: number = Date.now()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
}

/** Reads a period from the address; what is no day, or ends before it begins, is left out. */
export function readPeriod(search: Record<string, unknown>): Period {
  const period: Period = {};
  if (isDay(search.from)) period.from = search.from;
  if (isDay(search.to) && (period.from === undefined || search.to > period.from)) period.to = search.to;
  return period;
}

export const COMPARISONS = ['before', 'yearBefore'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** The period to compare with: as many days just before, or the same days a year before. Only closed periods have one. */
export function comparedPeriod({ from, to }: Period, comparison: Comparison): Required<Period> | null {
  if (from === undefined || to === undefined) return null;
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
  if (comparison === 'before') return { from: addDays(from, -days), to: from };
  const start = `${Number(from.slice(0, 4)) - 1}${from.slice(4)}`;
  // The 29th of February has no day a year before.
  const yearBefore = isDay(start) ? start : addDays(from, -365);
  return { from: yearBefore, to: addDays(yearBefore, days) };
}

export type Preset = 'last7' | 'last30' | 'last90' | 'last365' | 'thisYear' | 'all';
export const PRESETS: readonly Preset[] = ['last7', 'last30', 'last90', 'last365', 'thisYear', 'all'];

const PRESET_DAYS: Partial<Record<Preset, number>> = { last7: 7, last30: 30, last90: 90, last365: 365 };

/** The period that a preset means today; today itself is part of it. */
export function presetPeriod(preset: Preset, todayIs: string): Period {
  if (preset === 'all') return {};
  const to = addDays(todayIs, 1);
  if (preset === 'thisYear') return { from: `${todayIs.slice(0, 4)}-01-01`, to };
  return { from: addDays(to, -(PRESET_DAYS[preset] ?? 0)), to };
}
