// Opens every page in Chromium, in both languages, both themes, wide and narrow; keeps a picture of each in looks/ and asks axe.
// usage: VIVENCIA_KEY=viv_… node scripts/look.mjs [--at http://127.0.0.1:5173] [--only map,home] [--as es-light-1280]
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';

const { values: given } = parseArgs({
  options: {
    at: { type: 'string', default: 'http://127.0.0.1:5173' },
    only: { type: 'string' },
    as: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});
const key = process.env.VIVENCIA_KEY;
if (!key) {
  console.error('VIVENCIA_KEY is missing: a key that may administer, of a server with the demonstration data');
  process.exit(2);
}

const funnel = encodeURIComponent(
  JSON.stringify(['Product Viewed', 'Product Added', 'Checkout Started', 'Order Completed']),
);
const PAGES = {
  home: { path: '/?days=30' },
  homeQuiet: { path: '/' },
  customers: { path: '/customers' },
  found: { path: '/customers?q=cus_1' },
  unknown: { path: '/customers?q=nadie%40example.org' },
  customer: { path: '/customers/cus_41' },
  merge: { path: '/customers/cus_41', after: (page) => page.locator('[data-look="undo"]').first().click() },
  event: { path: '/customers/cus_41', after: (page) => page.locator('[data-look="event"]').nth(2).click() },
  map: { path: '/journeys' },
  mapPicked: { path: '/journeys', after: (page) => page.locator('.react-flow__node').nth(3).click() },
  mapTime: { path: '/journeys?view=map&measure=time&detail=40' },
  mapMore: { path: '/journeys?view=map&detail=60' },
  mapAll: { path: '/journeys?view=map&detail=100' },
  mapTable: { path: '/journeys?view=map&table=true' },
  mapEmpty: { path: '/journeys?from=2031-01-01' },
  paths: { path: '/journeys?view=paths&start=Product%20Viewed' },
  pathsTable: { path: '/journeys?view=paths&start=Product%20Viewed&table=true' },
  funnel: { path: `/journeys?view=funnel&steps=${funnel}` },
  funnelCompared: { path: `/journeys?view=funnel&from=2026-04-01&to=2026-10-01&against=before&steps=${funnel}` },
  funnelEmpty: { path: '/journeys?view=funnel' },
  funnelRefused: { path: '/journeys?view=paths&start=Nothing' },
  period: { path: '/journeys', after: (page) => page.locator('header button').first().click() },
  palette: {
    path: '/',
    after: async (page) => {
      await page.keyboard.press('Control+k');
      await page.waitForTimeout(600);
      await page.keyboard.type('cus_1');
    },
  },
  keys: { path: '/settings/sources' },
  newKey: { path: '/settings/sources', after: (page) => page.locator('[data-look="new-key"]').click() },
  connect: { path: '/settings/sources?tab=connect' },
  import: { path: '/settings/sources?tab=import' },
  dead: { path: '/settings/sources?tab=dead' },
  nowhere: { path: '/nowhere' },
  signIn: { path: '/', withoutKey: true },
};

const browser = await chromium.launch({
  executablePath: given.chromium,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
});
await mkdir(new URL('../looks/', import.meta.url), { recursive: true });

/** Waits until nothing is on its way any more. */
async function settled(page) {
  await page.waitForTimeout(400);
  await page.waitForFunction(
    () => document.querySelector('main, [role=dialog]') && !document.querySelector('.mantine-Skeleton-root'),
  );
  await page.waitForTimeout(500);
}

const only = given.only?.split(',');
let faults = 0;
for (const language of ['es', 'en']) {
  for (const theme of ['light', 'dark']) {
    for (const width of [1280, 390]) {
      const as = `${language}-${theme}-${width}`;
      if (given.as && !given.as.split(',').includes(as)) continue;
      for (const [name, { path, after, withoutKey }] of Object.entries(PAGES)) {
        if (only && !only.includes(name)) continue;
        const context = await browser.newContext({
          viewport: { width, height: width === 390 ? 844 : 860 },
          deviceScaleFactor: 1,
          colorScheme: theme,
          reducedMotion: 'reduce',
        });
        await context.addInitScript(
          ([chosen, secret]) => {
            localStorage.setItem('vivencia.language', chosen);
            if (secret) sessionStorage.setItem('vivencia.key', secret);
          },
          [language, withoutKey ? null : key],
        );
        const page = await context.newPage();
        page.setDefaultTimeout(10_000);
        const messages = [];
        page.on('console', (message) => message.type() === 'error' && messages.push(message.text()));
        page.on('pageerror', (error) => messages.push(`uncaught: ${error.message}`));
        await page.goto(given.at + path);
        await settled(page);
        if (after) {
          await after(page).catch((error) => messages.push(`could not be opened: ${error.message.split('\n')[0]}`));
          await settled(page);
        }
        await page.screenshot({
          path: new URL(`../looks/${name}-${as}.png`, import.meta.url).pathname,
          fullPage: true,
        });
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze();
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (overflow > 0) messages.push(`the page is ${overflow} px wider than the window`);
        const refused = messages.filter((message) => !/status of (400|404)/.test(message));
        for (const { id, help, nodes } of violations) {
          console.log(
            `${name} ${as}: axe ${id}: ${help}\n    ${nodes
              .slice(0, 4)
              .map((node) => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`)
              .join('\n    ')}`,
          );
        }
        for (const message of refused) console.log(`${name} ${as}: ${message}`);
        faults += violations.length + refused.length;
        await context.close();
      }
    }
  }
}
await browser.close();
console.log(faults === 0 ? 'nothing to mend' : `${faults} to mend`);
process.exit(faults === 0 ? 0 : 1);
