// Includes vivencia.js in a page of another origin than the server's, in a real Chromium, and says what a visitor meets.
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values: given } = parseArgs({
  options: {
    link: { type: 'string' },
    port: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});
const server = new URL(given.link).origin;

/** A shop that is as careful as shops should be: nothing inline, and of elsewhere only the server of the survey. */
const site = createServer((request, response) => {
  const query = new URL(request.url, 'http://site').searchParams;
  const attributes = [...query].map(([name, value]) => `data-${name}="${value.replaceAll('"', '&quot;')}"`).join(' ');
  const include = `<script src="${server}/vivencia.js" data-survey-link="${given.link}" ${attributes} async></script>`;
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `default-src 'none'; script-src ${server}; frame-src ${server}`,
  });
  response.end(
    `<!doctype html><html lang="es"><title>Tienda</title><body><a href="#" id="before">Cesta</a>${include}${include}</body></html>`,
  );
});
await new Promise((resolve) => site.listen(Number(given.port), '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${given.port}`;

const browser = await chromium.launch({
  executablePath: given.chromium,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
});

/** Visits the shop in one browser, as often as there are acts. */
async function visit(...acts) {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const seen = [];
  for (const [attributes, act] of acts) {
    const page = await context.newPage();
    const messages = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', (error) => messages.push(`uncaught: ${error.message}`));
    await page.goto(`${origin}/?${new URLSearchParams(attributes)}`);
    seen.push({ ...(await act(page)), messages });
    await page.close();
  }
  await context.close();
  return seen;
}

const POPOVER = { mode: 'popover', after: '0', touchpoint: 'web:Cesta', unit: 'ES-MAD-03' };
const frameOf = (page) => page.frameLocator('iframe');
const shown = (page) => page.locator('.popover').waitFor();
const focused = (page) => page.evaluate(() => document.activeElement?.id ?? '');
const isThere = async (page) => {
  await page.waitForTimeout(1500);
  return { frames: await page.locator('iframe').count() };
};
async function answer(page, score) {
  await frameOf(page)
    .locator('.question.now label', { hasText: new RegExp(`^${score}$`) })
    .click();
  await frameOf(page).locator('button.main').click();
  await frameOf(page).locator('[data-message="answered"]').waitFor();
}

const report = {};
report.answered = await visit(
  [
    POPOVER,
    async (page) => {
      await page.locator('#before').focus();
      await shown(page);
      const state = {
        frames: await page.locator('iframe').count(),
        focus: await focused(page),
        name: await page.locator('.popover').getAttribute('aria-label'),
      };
      await answer(page, 5);
      return state;
    },
  ],
  [POPOVER, isThere],
);
report.closed = await visit(
  [
    POPOVER,
    async (page) => {
      await page.locator('#before').focus();
      await shown(page);
      await page.getByRole('button', { name: 'Cerrar la encuesta' }).click();
      return { frames: await page.locator('iframe').count(), focus: await focused(page) };
    },
  ],
  [POPOVER, isThere],
  [{ ...POPOVER, again: '0' }, async (page) => ({ isAsked: await shown(page).then(() => true) })],
);
report.never = await visit(
  [
    POPOVER,
    async (page) => {
      await shown(page);
      await page.getByRole('button', { name: 'No volver a preguntar' }).click();
      return {};
    },
  ],
  [{ ...POPOVER, again: '0' }, isThere],
);
report.escaped = await visit([
  POPOVER,
  async (page) => {
    await shown(page);
    await frameOf(page).locator('.question.now input').first().focus();
    await page.keyboard.press('Escape');
    await page.locator('iframe').waitFor({ state: 'detached' });
    return { frames: 0 };
  },
]);
report.button = await visit([
  { mode: 'button', language: 'en' },
  async (page) => {
    const opener = page.getByRole('button', { name: 'Give feedback' });
    await opener.focus();
    await page.keyboard.press('Enter');
    await frameOf(page).locator('.question.now').waitFor();
    // Whatever is behind the dialog is out of reach.
    const reached = [];
    for (let step = 0; step < 24; step += 1) {
      await page.keyboard.press('Tab');
      reached.push(await focused(page));
    }
    await page.getByRole('button', { name: 'Close the survey' }).focus();
    await page.keyboard.press('Escape');
    await page.locator('iframe').waitFor({ state: 'detached' });
    const isBack = await opener.evaluate((button) => button.getRootNode().activeElement === button);
    return { isTrapped: !reached.includes('before'), isBack };
  },
]);
report.inline = await visit([
  { mode: 'inline' },
  async (page) => {
    await page.locator('.inline iframe').waitFor();
    await frameOf(page).locator('.question.now').waitFor();
    const { height } = await page.locator('.inline iframe').boundingBox();
    return { height };
  },
]);
report.nobody = await visit([{ ...POPOVER, share: '0' }, isThere]);
report.unlisted = await visit([
  { ...POPOVER },
  async (page) => {
    // By its other name the same site is another origin, which the server does not list.
    await page.goto(`http://localhost:${given.port}/?${new URLSearchParams(POPOVER)}`);
    await page.waitForEvent('console', {
      predicate: (message) => message.text().startsWith('Vivencia:'),
      timeout: 20_000,
    });
    return { frames: await page.locator('iframe').count() };
  },
]);

await browser.close();
site.close();
console.log(JSON.stringify(report));
