// Numbers, times and money as a reader of either language expects them. Pure: the hook that knows the language is `use-format.ts`.

const NARROW_SPACE = '\u202f';

const formatters = new Map<string, unknown>();

/** A formatter takes longer to make than to use: each is made once. */
function kept<T>(name: string, make: () => T): T {
  const known = formatters.get(name) as T | undefined;
  if (known !== undefined) return known;
  const made = make();
  formatters.set(name, made);
  return made;
}

function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const locale = language === 'es' ? 'es-ES' : 'en-GB';
  return kept(`number ${locale} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale, options));
}

function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const locale = language === 'es' ? 'es-ES' : 'en-GB';
  return kept(`date ${locale} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale, options));
}

/** Spanish groups thousands by a thin space (not by the point that others read as a decimal mark), from five digits on. */
export function formatNumber(value: number, language: string, digits = 0): string {
  const parts = numberFormat(language, {
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
  }).formatToParts(value);
  return parts.map((part) => (part.type === 'group' && language === 'es' ? NARROW_SPACE : part.value)).join('');
}

/** A share of 0 to 1. What is not nothing never reads as nothing. */
export function formatShare(share: number, language: string): string {
  const percent = share * 100;
  const space = language === 'es' ? NARROW_SPACE : '';
  if (percent > 0 && percent < 0.1) return `< ${formatNumber(0.1, language, 1)}${space}%`;
  const digits = percent >= 99.95 || percent === 0 ? 0 : 1;
  return `${formatNumber(percent, language, digits)}${space}%`;
}

const STEPS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
  ['ms', 1],
];

/** A duration in its two largest units: `2 d 12 h`, `3 min`, `40 s`. */
export function formatDuration(ms: number, language: string): string {
  const rounded = Math.max(0, Math.round(ms));
  const first = STEPS.findIndex(([, size]) => rounded >= size);
  if (first < 0) return '0 s';
  const [unit, size] = STEPS[first] as readonly [string, number];
  if (unit === 'ms') return `${rounded} ms`;
  const whole = Math.floor(rounded / size);
  const [finer, finerSize] = STEPS[first + 1] as readonly [string, number];
  const rest = Math.round((rounded - whole * size) / finerSize);
  const carries = rest * finerSize >= size;
  if (carries) return formatDuration((whole + 1) * size, language);
  // Beyond ten of a unit, and below a minute, the finer unit is noise.
  if (rest === 0 || whole >= 10 || unit === 's') {
    const nearest = Math.round(rounded / size);
    return `${formatNumber(nearest, language)} ${unit}`;
  }
  return `${whole} ${unit} ${rest} ${finer}`;
}

// ISO 4217. Browsers follow another list, in which the peso of Colombia, for example, has no cents.
const DIGITS: Record<string, number> = { CLF: 4, UYW: 4 };
for (const currency of 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '))
  DIGITS[currency] = 0;
for (const currency of 'BHD IQD JOD KWD LYD OMR TND'.split(' ')) DIGITS[currency] = 3;

/** An amount in whole units, rounded to the minor unit of its currency. */
export function formatAmount(value: number, currency: string, language: string): string {
  return formatMoney(Math.round(value * 10 ** (DIGITS[currency] ?? 2)), currency, language);
}

/** An exact amount in minor units. Cents that are not used where the money has none in daily life are left out. */
export function formatMoney(minor: number, currency: string, language: string): string {
  const digits = DIGITS[currency] ?? 2;
  const usual = numberFormat(language, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const isWhole = minor % 10 ** digits === 0;
  const shown = isWhole ? Math.min(digits, usual) : digits;
  return numberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  })
    .formatToParts(minor / 10 ** digits)
    .map((part) => (part.type === 'group' && language === 'es' ? NARROW_SPACE : part.value))
    .join('');
}

export type MomentStyle = 'date' | 'dateTime' | 'time' | 'timeExact' | 'month' | 'monthYear' | 'weekday';

const STYLES: Record<MomentStyle, Intl.DateTimeFormatOptions> = {
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  dateTime: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  time: { hour: '2-digit', minute: '2-digit' },
  timeExact: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  month: { month: 'short' },
  monthYear: { month: 'short', year: 'numeric' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
};

/** An instant as the clocks of a time zone show it. */
export function formatMoment(instant: string | number, style: MomentStyle, language: string, timeZone: string): string {
  return dateFormat(language, { ...STYLES[style], timeZone, hourCycle: 'h23' }).format(new Date(instant));
}

/** A calendar day `2026-03-31` in words; it has no zone. */
export function formatDay(day: string, language: string, withYear = true): string {
  return dateFormat(language, {
    day: 'numeric',
    month: 'short',
    ...(withYear ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
}

const AGO: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** The month that a calendar day `2026-03-01` begins: `mar 2026`. */
export function formatMonth(day: string, language: string): string {
  return formatMoment(`${day}T00:00:00Z`, 'monthYear', language, 'UTC');
}

/** A round share of 0 to 1, as axes write it: without decimals where there are none. */
export function formatRoundShare(share: number, language: string): string {
  const percent = share * 100;
  return `${formatNumber(percent, language, Number.isInteger(Math.round(percent * 10) / 10) ? 0 : 1)}${language === 'es' ? NARROW_SPACE : ''}%`;
}

/** How long ago, in one unit: `hace 3 días`. */
export function formatAgo(instant: string | number, now: number, language: string): string {
  const elapsed = now - new Date(instant).getTime();
  const [unit, size] = AGO.find(([, unitSize]) => Math.abs(elapsed) >= unitSize) ?? (['minute', 60_000] as const);
  return kept(`ago ${language}`, () => new Intl.RelativeTimeFormat(language, { numeric: 'auto' })).format(
    -Math.floor(elapsed / size),
    unit,
  );
}
