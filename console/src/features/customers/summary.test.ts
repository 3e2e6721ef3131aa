import { expect, test } from 'vitest';
import type { TimelineEvent } from '@/api/client';
import { summaryOf, valueText, waitOf } from './summary';

const event = (properties: unknown): TimelineEvent => ({
  id: 'evt_1',
  seq: 1,
  kind: 'track',
  occurred_at: '2026-03-02T10:00:00Z',
  received_at: '2026-03-02T10:00:00Z',
  source: 'test',
  objects: [],
  properties,
});

test('an order is told by what was bought', () => {
  const products = [{ name: 'Latte' }, { name: 'Croissant' }, { sku: 7 }, { name: 'Agua' }, { name: 'Té' }];
  expect(summaryOf(event({ order_id: 'P1', products }))).toBe('Latte, Croissant, Agua…');
});

test('the most telling properties come first, and none twice', () => {
  expect(summaryOf(event({ status: 'ok', category: 'coffee', name: 'Home', title: 'Home' }))).toBe('Home · coffee');
});

test('properties of any shape are no failure', () => {
  for (const odd of [null, 7, 'text', [], {}, { products: 'all' }, { products: [null, 3] }, { name: { first: 'x' } }]) {
    expect(summaryOf(event(odd))).toBe('');
  }
  expect(waitOf(event({ wait_seconds: 'long' }))).toBeNull();
  expect(waitOf(event({ wait_seconds: 74 }))).toBe(74_000);
});

test('values read as people write them', () => {
  const words = { yes: 'sí', no: 'no' };
  expect(valueText(true, words)).toBe('sí');
  expect(valueText(null, words)).toBe('–');
  expect(valueText([1, 2], words)).toContain('1');
});
