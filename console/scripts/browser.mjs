// One Chromium for the scripts that open the console, and what every page they open must keep to.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

/** A running server with the demonstration data, and a key that may administer it. */
export const at = (process.env.VIVENCIA_AT ?? 'http://127.0.0.1:5173').replace(/\/$/, '');
export const key = process.env.VIVENCIA_KEY;
if (!key) {
  console.error('VIVENCIA_KEY is missing: a key that may administer, of a server with the demonstration data');
  process.exit(2);
}

const onItsWay = new WeakMap();

/** Text that becomes a script wherever somebody forgets that it is text. */
export const PLANTED = '<img src=x onerror="window.planted=1">"><script>window.planted=1</script>';

export const browser = await chromium.launch({
  executablePath: process.env.VIVENCIA_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
});

/** Windows of one language, theme and width; they share what the browser has already loaded. */
export async function openContext({ language = 'en', theme = 'light', width = 1280, withKey = true } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 860 },
    deviceScaleFactor: 1,
    colorScheme: theme,
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  await context.addInitScript(
    ([chosen, secret]) => {
      // A frame in a sandbox has no storage, and nobody's.
      if (window.origin === 'null') return;
      if (!localStorage.getItem('vivencia.language')) localStorage.setItem('vivencia.language', chosen);
      if (secret) sessionStorage.setItem('vivencia.key', secret);
      document.addEventListener('securitypolicyviolation', (event) =>
        window.reportRefusal?.(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ''}`),
      );
    },
    [language, withKey ? key : null],
  );
  return context;
}

/** A page of a context. `faults` gathers what no page may do: uncaught errors, dialogs, planted scripts, refusals by the policy. */
export async function openPage(context) {
  const faults = [];
  const page = await context.newPage();
  await page.exposeFunction('reportRefusal', (refused) => faults.push(`refused by the policy: ${refused}`));
  // A busy machine is slow, and no reason to fail.
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  // A stream of live updates never ends, and for the browser neither does an answer of which nobody reads the body, such as
  // that nobody is signed in: they are not waited for.
  const isAwaited = (request) => !/\/api\/v1\/(live|session)$|\.worker\.ts/.test(request.url());
  const underway = new Set();
  page.on('request', (request) => isAwaited(request) && underway.add(request));
  page.on('requestfinished', (request) => underway.delete(request));
  page.on('requestfailed', (request) => underway.delete(request));
  onItsWay.set(page, underway);
  return {
    page,
    faults,
    async close() {
      const planted = await page.evaluate(() => window.planted).catch(() => undefined);
      if (planted !== undefined) faults.push('a planted script ran');
      await page.close();
      return faults;
    },
  };
}

/** Opens a path in English and hands the page to a walk; afterwards nothing may have gone wrong behind it. */
export async function walkFrom(path, walk, options = {}) {
  const context = await openContext(options);
  const { page, close } = await openPage(context);
  try {
    await page.goto(at + path);
    await walk(page);
    assert.deepEqual(await close(), []);
  } catch (error) {
    const picture = process.env.VIVENCIA_FAILURE;
    if (picture) await page.screenshot({ path: picture }).catch(() => {});
    throw error;
  } finally {
    await context.close();
  }
}

/** Waits until nothing is on its way any more, and what came is drawn. */
export async function settled(page) {
  const isQuiet = () =>
    document.querySelector('main, [role=dialog]') && !document.querySelector('.mantine-Skeleton-root');
  const deadline = Date.now() + 30_000;
  for (let quiet = 0; quiet < 3; ) {
    if (Date.now() > deadline) {
      const open = [...onItsWay.get(page)].map((request) => request.url());
      throw new Error(`still on its way after 30 s: ${open.join(', ') || 'a part of the page is not drawn'}`);
    }
    await page.waitForFunction(isQuiet);
    await page.waitForTimeout(60);
    quiet = onItsWay.get(page).size === 0 && (await page.evaluate(isQuiet)) ? quiet + 1 : 0;
  }
  await page.evaluate(() => document.fonts.ready);
}

export async function download(page, item) {
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item }).click(),
  ]);
  return readFile(await saved.path());
}

/** An answer of the interface, as the key sees it. */
export async function ask(path, { method = 'GET', body } = {}) {
  const response = await fetch(`${at}${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body && JSON.stringify(body),
  });
  assert.ok(response.ok, `${method} ${path} answered ${response.status}`);
  return response.json();
}
