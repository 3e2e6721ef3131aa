// Where months begin between two instants, few enough to be read.

const MOST_MARKS = 8;
const DAY_MS = 86_400_000;

export interface MonthMark {
  at: number;
  /** Whether the year should be told too: at the first mark and at each January. */
  isYear: boolean;
}

function monthIn(timeZone: string): (at: number) => { year: number; month: number } {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' });
  return (at) => {
    const [year, month] = format.format(at).split('-').map(Number) as [number, number];
    return { year, month };
  };
}

/** The first days of months, as the clocks of a zone see them, to the day. */
export function monthMarks(start: number, end: number, timeZone: string): MonthMark[] {
  const monthOf = monthIn(timeZone);
  const firsts: { at: number; year: number; month: number }[] = [];
  let before = monthOf(start);
  for (let at = start + DAY_MS; at <= end; at += DAY_MS) {
    const now = monthOf(at);
    if (now.month !== before.month) firsts.push({ at, ...now });
    before = now;
  }
  const step = [1, 2, 3, 6, 12, 24].find((each) => firsts.length / each <= MOST_MARKS) ?? 60;
  const chosen = firsts.filter(({ year, month }) => (year * 12 + month - 1) % step === 0);
  return chosen.map(({ at, year }, index) => ({ at, isYear: index === 0 || year !== chosen[index - 1]?.year }));
}

export interface MonthOfVisits {
  /** An instant within the month: that of its latest visit. */
  at: number;
  /** Visits by channel. */
  counts: ReadonlyMap<string | null, number>;
}

/** How many visits began in each month, as the clocks of a zone see it; of visits that are newest first, so are the months. */
export function visitsByMonth(
  visits: readonly { startedAt: number; channel: string | null }[],
  timeZone: string,
): MonthOfVisits[] {
  const monthOf = monthIn(timeZone);
  const months = new Map<number, { at: number; counts: Map<string | null, number> }>();
  for (const { startedAt, channel } of visits) {
    const { year, month } = monthOf(startedAt);
    const key = year * 12 + month;
    const found = months.get(key) ?? { at: startedAt, counts: new Map() };
    found.counts.set(channel, (found.counts.get(channel) ?? 0) + 1);
    months.set(key, found);
  }
  return [...months.values()];
}
