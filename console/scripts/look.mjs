// Opens every page in Chromium, in both languages, both themes, wide and narrow; keeps a picture of each in looks/ and asks axe.
// usage: VIVENCIA_AT=http://127.0.0.1:8080 VIVENCIA_KEY=viv_… node scripts/look.mjs [--only map,home] [--opening] [--as es-light-1280] [--out looks]
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { at, browser, openContext, openPage, settled } from './browser.mjs';
import { OPENING, PAGES } from './pages.mjs';
import { violationsOf } from './violations.mjs';

const { values: given } = parseArgs({
  options: {
    only: { type: 'string' },
    opening: { type: 'boolean' },
    as: { type: 'string' },
    out: { type: 'string', default: new URL('../looks/', import.meta.url).pathname },
  },
});
const only = given.opening ? OPENING : given.only?.split(',');
const unknown = (only ?? []).filter((name) => !(name in PAGES));
if (unknown.length > 0) {
  console.error(`no page is called ${unknown.join(', ')}; there are ${Object.keys(PAGES).join(', ')}`);
  process.exit(2);
}
await mkdir(given.out, { recursive: true });

/** What is wrong with a page in one state, in one language, theme and width. */
async function look(name, as, context) {
  const { path, before, after } = PAGES[name];
  const messages = [];
  const { page, close } = await openPage(context);
  // That an answer was 400, 401 or 404 is shown on the page; the browser repeats it.
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[014]/.test(message.text())) messages.push(message.text());
  });
  try {
    await before?.();
    await page.goto(at + path);
    await settled(page);
    if (after) {
      await after(page);
      await settled(page);
    }
  } catch (error) {
    messages.push(`could not be opened: ${error.message.split('\n')[0]}`);
  }
  await page.screenshot({ path: `${given.out}/${name}-${as}.png`, fullPage: true });
  messages.push(...(await violationsOf(page)));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overflow > 0) messages.push(`the page is ${overflow} px wider than the window`);
  messages.push(...(await close()));
  return messages;
}

let faults = 0;
for (const language of ['es', 'en']) {
  for (const theme of ['light', 'dark']) {
    for (const width of [1280, 390]) {
      const as = `${language}-${theme}-${width}`;
      if (given.as && !given.as.split(',').includes(as)) continue;
      const known = await openContext({ language, theme, width });
      const stranger = await openContext({ language, theme, width, withKey: false });
      for (const name of Object.keys(PAGES)) {
        if (only && !only.includes(name)) continue;
        for (const message of await look(name, as, PAGES[name].withoutKey ? stranger : known)) {
          faults += 1;
          console.log(`${name} ${as}: ${message}`);
        }
      }
      await known.close();
      await stranger.close();
    }
  }
}
await browser.close();
console.log(faults === 0 ? 'nothing to mend' : `${faults} to mend`);
process.exit(faults === 0 ? 0 : 1);
