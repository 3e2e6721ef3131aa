// What an event is about, in a few words: the properties that people read first. Pure.
import type { TimelineEvent } from '@/api/client';

const TELLING = [
  'name',
  'product_name',
  'title',
  'subject',
  'email_subject',
  'query',
  'message',
  'text',
  'reason',
  'error',
  'coupon_name',
  'coupon',
  'coupon_id',
  'experiment_name',
  'variation_name',
  'item',
  'category',
  'rating',
  'score',
  'version',
  'method',
  'payment_method',
  'status',
] as const;
const MOST = 2;
const LONGEST = 80;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string' && value.trim() !== '')
    return value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value;
  if (typeof value === 'number') return String(value);
  return null;
}

/** The names of what was bought, or the two most telling properties. */
export function summaryOf(event: TimelineEvent): string {
  if (!isRecord(event.properties)) return '';
  const { products } = event.properties;
  if (Array.isArray(products)) {
    const names = products
      .flatMap((product) => (isRecord(product) ? [textOf(product.name)] : []))
      .filter((name) => name !== null);
    if (names.length > 0) return names.slice(0, 3).join(', ') + (names.length > 3 ? '…' : '');
  }
  const said: string[] = [];
  for (const name of TELLING) {
    const text = textOf(event.properties[name]);
    if (text !== null && !said.includes(text)) said.push(text);
    if (said.length === MOST) break;
  }
  return said.join(' · ');
}

/** The time that the customer waited, when the event tells. */
export function waitOf(event: TimelineEvent): number | null {
  if (!isRecord(event.properties)) return null;
  const seconds = event.properties.wait_seconds;
  return typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : null;
}

/** A value of a property or a trait as text; what is nested is shown as it came. */
export function valueText(value: unknown, words: { yes: string; no: string }): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : JSON.stringify(value, null, 1);
}
