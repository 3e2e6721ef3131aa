// Keeps from every picture of the explorer the numbers behind it, as CSV and as Parquet, for a test that compares them.
// usage: VIVENCIA_AT=http://127.0.0.1:8080 VIVENCIA_KEY=viv_… node scripts/keep.mjs --out kept
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { browser, download, settled, walkFrom } from './browser.mjs';

const { values: given } = parseArgs({ options: { out: { type: 'string' } } });
if (!given.out) {
  console.error('--out is missing: the folder in which the files are kept');
  process.exit(2);
}
await mkdir(given.out, { recursive: true });

const steps = encodeURIComponent(JSON.stringify(['Product Viewed', 'Product Added', 'Order Completed']));
const behind = encodeURIComponent(JSON.stringify({ kind: 'activity', activity: 'Order Completed' }));
/** Half a year beside the half before. */
const compared = 'from=2026-04-01&to=2026-10-01&against=before';
const QUESTIONS = {
  map: 'view=map',
  mapCompared: `view=map&${compared}`,
  paths: 'view=paths&start=Product%20Viewed',
  pathsCompared: `view=paths&start=Product%20Viewed&${compared}`,
  funnel: `view=funnel&steps=${steps}`,
  funnelCompared: `view=funnel&entries=true&steps=${steps}&${compared}`,
  retention: 'view=retention&by=month',
  retentionCompared: `view=retention&by=month&${compared}`,
  lifeCycle: 'view=retention&lifeCycle=true&by=month',
  attribution: 'view=attribution&outcome=Order%20Completed&touch=touchpoint',
  attributionCompared: `view=attribution&outcome=Order%20Completed&${compared}`,
  effort: 'view=effort&outcome=Order%20Completed',
  effortCompared: `view=effort&outcome=Order%20Completed&${compared}`,
  frictions: 'view=frictions&outcome=Order%20Completed',
  frictionsCompared: `view=frictions&outcome=Order%20Completed&${compared}`,
  behind: `view=map&behind=${behind}`,
};

for (const [name, question] of Object.entries(QUESTIONS)) {
  await walkFrom(`/journeys?${question}`, async (page) => {
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await settled(page);
    const writer = /parquet/i;
    if (asked.some((path) => writer.test(path)))
      throw new Error(`${name}: what writes Parquet was loaded before anybody asked for it`);
    await writeFile(`${given.out}/${name}.csv`, await download(page, 'CSV table'));
    await writeFile(`${given.out}/${name}.parquet`, await download(page, 'Parquet table'));
    if (!asked.some((path) => writer.test(path)))
      throw new Error(`${name}: what writes Parquet was not seen to be loaded`);
  });
  console.log(`kept    ${name}`);
}
await browser.close();
