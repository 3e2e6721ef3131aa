// Does in Chromium what people come to do, against a running server with the demonstration data, by keyboard wherever it is the harder way.
// usage: VIVENCIA_AT=http://127.0.0.1:8080 VIVENCIA_KEY=viv_… node scripts/walk.mjs [journeys sources …] [--only 'a funnel,a key']
import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';

const { values: given, positionals: files } = parseArgs({
  options: { only: { type: 'string' } },
  allowPositionals: true,
});

const folder = new URL('walks/', import.meta.url);
const walks = {};
for (const file of (await readdir(folder)).sort()) {
  if (files.length > 0 && !files.includes(file.replace('.mjs', ''))) continue;
  Object.assign(walks, (await import(new URL(file, folder))).walks);
}

const only = given.only?.split(',');
const chosen = Object.entries(walks).filter(([name]) => !only || only.some((start) => name.startsWith(start)));
let failed = chosen.length === 0 ? 1 : 0;
for (const [name, walk] of chosen) {
  try {
    await walk();
    console.log(`done    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n        ${String(error.message).split('\n').slice(0, 6).join('\n        ')}`);
  }
}
const { browser } = await import('./browser.mjs');
await browser.close();
process.exit(failed === 0 ? 0 : 1);
