// Drives @segment/analytics-node, unmodified, and writes every event as the SDK delivered it.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Analytics } from '@segment/analytics-node';

const { values: given } = parseArgs({
  options: {
    host: { type: 'string' },
    key: { type: 'string' },
    out: { type: 'string' },
  },
});

const livedAt = new Date('2026-01-15T09:30:00.123Z');
const context = {
  ip: '203.0.113.77',
  locale: 'es-MX',
  timezone: 'America/Mexico_City',
  campaign: { name: 'café de enero', source: 'boletín' },
  page: { path: '/menú', title: 'Menú · Café Alameda' },
  traits: { plan: 'oro' },
  active: true,
  network: { wifi: false, carrier: null },
};
const rich = {
  order_id: 'pedido-ñ-1042',
  revenue: 18.35,
  currency: 'EUR',
  coupon: null,
  is_first: false,
  big: 9007199254740991,
  small: -0.000125,
  text: 'dos líneas\ny una tabulación\t«comillas» "dobles" \\ 日本語 🫖☕',
  products: [
    { sku: 'SKU-1', price: 2.8, tags: ['caliente', 'leche'] },
    { sku: 'SKU-2', price: 4.95, tags: [] },
  ],
  nested: { a: { b: { c: [1, [2, [3, null]], { d: 'e' }] } }, empty: {} },
  promised_at: new Date('2026-01-15T09:45:00.000Z'),
};

const analytics = new Analytics({
  writeKey: given.key,
  host: given.host,
  flushAt: 20,
  flushInterval: 200,
});
const requests = [];
const errors = [];
analytics.on('http_request', ({ url, headers, body }) => requests.push({ url, headers, body: JSON.parse(body) }));
analytics.on('error', (error) => errors.push(String(error.reason ?? error.code ?? error)));

const delivered = [];
const deliver = (method, message) =>
  new Promise((resolve) =>
    analytics[method](message, (error, done) => {
      if (error) errors.push(String(error));
      else delivered.push(done.event);
      resolve();
    }),
  );

const calls = [
  deliver('identify', {
    userId: 'n-ñandú-1',
    anonymousId: 'node-anon-1',
    traits: { name: 'Luis Peña', email: 'Luis.Pena@Example.mx', phone: '+52 55 1234 5678', age: 39, plan: null },
    context,
    timestamp: livedAt,
  }),
  deliver('track', { userId: 'n-ñandú-1', event: 'Order Completed', properties: rich, context, timestamp: livedAt }),
  deliver('track', { anonymousId: 'node-anon-2', event: 'Menú abierto ☕', properties: { channel: 'web' } }),
  deliver('track', { userId: 'n-ñandú-1', event: 'Chosen', messageId: 'chosen-by-the-caller-2' }),
  deliver('page', {
    userId: 'n-ñandú-1',
    name: 'Menú',
    category: 'Carta',
    properties: { url: 'https://x.example/menú' },
  }),
  deliver('page', { userId: 'n-ñandú-1', properties: {} }),
  deliver('screen', { userId: 'n-ñandú-1', name: 'Carrito', category: 'Pedidos', properties: { items: 3 } }),
  deliver('group', { userId: 'n-ñandú-1', groupId: 'empresa-8', traits: { name: 'Taller Ruiz', employees: 4 } }),
  deliver('alias', { userId: 'n-alias-2', previousId: 'node-anon-3' }),
  deliver('track', { userId: 'n-ñandú-1', event: 'Kept Apart', integrations: { All: true, Salesforce: false } }),
];
for (let number = 0; number < 60; number += 1) {
  calls.push(deliver('track', { userId: `n-many-${number % 7}`, event: 'Visited', properties: { number } }));
}
await Promise.all(calls);
await analytics.closeAndFlush();
writeFileSync(given.out, JSON.stringify({ sent: delivered, requests, errors }));
