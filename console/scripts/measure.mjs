// How long people wait on a slow machine: the largest contentful paint of each page with the processor slowed four times, and the slowest answer that it asked for.
// usage: VIVENCIA_AT=http://127.0.0.1:8080 VIVENCIA_KEY=viv_… node scripts/measure.mjs [--runs 5] [--slowed 4]
import { parseArgs } from 'node:util';
import { at, browser, openContext, openPage, settled } from './browser.mjs';
import { PAGES } from './pages.mjs';

const { values: given } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, slowed: { type: 'string', default: '4' } },
});
const MEASURED = ['signIn', 'home', 'customers', 'customer', 'map', 'paths', 'funnel', 'keys'];

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Milliseconds of one visit with nothing in the browser's cache. */
async function visit({ path, withoutKey }) {
  const context = await openContext({ withKey: !withoutKey });
  const { page, close } = await openPage(context);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: Number(given.slowed) });
  await page.goto(at + path);
  await settled(page);
  const measured = await page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => {
          const answers = performance
            .getEntriesByType('resource')
            .filter(({ name }) => name.includes('/api/v1/') && !name.endsWith('/live'))
            .map(({ responseStart, requestStart }) => responseStart - requestStart);
          resolve({ paint: list.getEntries().at(-1).startTime, answer: Math.max(0, ...answers) });
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
  await close();
  await context.close();
  return measured;
}

console.log(
  `page        largest paint  slowest answer   (ms, medians of ${given.runs}, processor slowed ${given.slowed} times)`,
);
for (const name of MEASURED) {
  const visits = [];
  for (let run = 0; run < Number(given.runs); run += 1) visits.push(await visit(PAGES[name]));
  const show = (of) => median(visits.map(of)).toFixed(0).padStart(13);
  console.log(`${name.padEnd(10)} ${show(({ paint }) => paint)} ${show(({ answer }) => answer)}`);
}
await browser.close();
