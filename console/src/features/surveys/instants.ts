// Instants of a file (`2026-03-01T08:00:00Z`) as fields of a form that speak the organisation's time. Pure.

const MINUTE_MS = 60_000;

/** `2026-03-01T09:00` in a time zone; empty for what is no instant. */
export function localOf(instant: string, timeZone: string): string {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return '';
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '00';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The instant at which clocks of a time zone show this; where they show it twice, the first time. */
export function instantOf(local: string, timeZone: string): string | undefined {
  const shown = Date.parse(`${local}Z`);
  if (Number.isNaN(shown)) return undefined;
  // How far a zone is ahead depends on the instant that is looked for: a second look settles all but the hour that clocks skip.
  const ahead = (at: number) => Date.parse(`${localOf(new Date(at).toISOString(), timeZone)}Z`) - at;
  const minute = Math.floor(shown / MINUTE_MS) * MINUTE_MS;
  const first = minute - ahead(minute);
  const settled = minute - ahead(first);
  return new Date(settled).toISOString().replace('.000Z', 'Z');
}
