// Drives @segment/analytics-next, unmodified, in a real Chromium, from a page of another origin than the server's.
import { createReadStream, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values: given } = parseArgs({
  options: {
    host: { type: 'string' },
    key: { type: 'string' },
    out: { type: 'string' },
    delivery: { type: 'string', default: 'standard' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});

const here = import.meta.dirname;
const entry = createRequire(import.meta.url).resolve('@segment/analytics-next');
const umd = join(dirname(entry), '..', 'umd');
const site = createServer((request, response) => {
  const path = new URL(request.url, 'http://site').pathname;
  const file = path.startsWith('/sdk/') ? join(umd, basename(path)) : join(here, 'page.html');
  if (!existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': file.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8' });
  createReadStream(file).pipe(response);
});
await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${site.address().port}`;

const profile = mkdtempSync(join(tmpdir(), 'vivencia-chromium-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: given.chromium,
  headless: true,
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

const requests = [];
const messages = [];
try {
  const page = await browser.newPage();
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(`uncaught: ${error.message}`));
  const wire = await browser.newCDPSession(page);
  await wire.send('Network.enable');
  const open = new Map();
  wire.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
    if (!request.url.startsWith(given.host)) return;
    const seen = { method: request.method, url: request.url, type, body: request.postData ?? null, status: null };
    requests.push(seen);
    open.set(requestId, seen);
  });
  wire.on('Network.responseReceived', ({ requestId, response }) => {
    const seen = open.get(requestId);
    if (seen) seen.status = response.status;
  });
  wire.on('Network.loadingFailed', ({ requestId, errorText }) => {
    const seen = open.get(requestId);
    if (seen) seen.status = errorText;
  });

  await page.goto(`${origin}/menu?utm_source=bolet%C3%ADn&utm_campaign=enero`);
  const sent = await page.evaluate(
    async ({ host, key, delivery }) => {
      const config =
        delivery === 'batching'
          ? { strategy: 'batching', config: { size: 5, timeout: 300 } }
          : { strategy: 'standard' };
      const [analytics] = await window.AnalyticsNext.AnalyticsBrowser.load(
        { writeKey: key, cdnURL: host },
        { integrations: { 'Segment.io': { deliveryStrategy: config } } },
      );
      const events = [];
      const record = async (promise) => events.push(JSON.parse(JSON.stringify((await promise).event)));
      const rich = {
        order_id: 'pedido-ñ-1042',
        revenue: 18.35,
        currency: 'EUR',
        coupon: null,
        is_first: false,
        small: -0.000125,
        text: 'dos líneas\ny una tabulación\t«comillas» "dobles" \\ 日本語 🫖☕',
        products: [
          { sku: 'SKU-1', price: 2.8, tags: ['caliente'] },
          { sku: 'SKU-2', tags: [] },
        ],
        nested: { a: { b: { c: [1, [2, [3, null]], { d: 'e' }] } }, empty: {} },
        promised_at: new Date('2026-01-15T09:45:00.000Z'),
      };
      await record(analytics.page('Carta', 'Menú de invierno', { título: 'Menú' }));
      await record(analytics.track('Menú abierto ☕', { channel: 'web', store_id: 'es-leon-1' }));
      await record(
        analytics.identify('b-ñandú-1', { name: 'Eva Ríos', email: 'Eva.Rios@Example.cl', age: 28, vip: null }),
      );
      await record(
        analytics.track('Order Completed', rich, {
          timestamp: '2026-01-15T09:30:00.123Z',
          context: { app: { name: 'Alameda' } },
        }),
      );
      await record(analytics.screen('Pedidos', 'Carrito', { items: 3 }));
      await record(analytics.group('empresa-9', { name: 'Cerámicas Sol', employees: 5 }));
      await record(analytics.alias('b-alias-2', 'b-ñandú-1'));
      await record(analytics.track('Kept Apart', {}, { integrations: { All: true, Salesforce: false } }));
      const many = [];
      for (let number = 0; number < 17; number += 1) many.push(record(analytics.track('Visited', { number })));
      await Promise.all(many);
      return events;
    },
    { host: given.host, key: given.key, delivery: given.delivery },
  );
  const isDelivered = () => {
    const bodies = requests
      .filter((seen) => seen.status === 200 && seen.body)
      .map((seen) => seen.body)
      .join('\n');
    return sent.every((event) => bodies.includes(event.messageId));
  };
  const deadline = Date.now() + 15_000;
  while (!isDelivered() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  writeFileSync(given.out, JSON.stringify({ sent, requests, messages, origin, isDelivered: isDelivered() }));
} finally {
  await browser.close();
  site.close();
  rmSync(profile, { recursive: true, force: true });
}
