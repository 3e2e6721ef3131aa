// Does in Chromium what people come to do, against a running server with the demonstration data, by keyboard wherever it is the harder way.
// usage: VIVENCIA_KEY=viv_… node scripts/walk.mjs [--at http://127.0.0.1:5173]
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values: given } = parseArgs({
  options: {
    at: { type: 'string', default: 'http://127.0.0.1:5173' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});
const key = process.env.VIVENCIA_KEY;
if (!key) {
  console.error('VIVENCIA_KEY is missing: a key that may administer, of a server with the demonstration data');
  process.exit(2);
}

const PLANTED = '<img src=x onerror="window.planted=1">"><script>window.planted=1</script>';

const browser = await chromium.launch({ executablePath: given.chromium, args: ['--no-sandbox', '--disable-gpu'] });

async function open(path, { withKey = true } = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  await context.addInitScript(
    ([secret]) => {
      localStorage.setItem('vivencia.language', 'en');
      if (secret) sessionStorage.setItem('vivencia.key', secret);
    },
    [withKey ? key : null],
  );
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const failures = [];
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('dialog', (dialog) => failures.push(`a dialog: ${dialog.message()}`));
  await page.goto(given.at + path);
  return {
    page,
    async close() {
      assert.equal(await page.evaluate(() => window.planted), undefined, 'a planted script ran');
      assert.deepEqual(failures, []);
      await context.close();
    },
  };
}

async function download(page, item) {
  await page.getByRole('button', { name: 'Save' }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item }).click(),
  ]);
  return readFile(await saved.path());
}

/** A customer with events and a merge that nobody has undone yet: each walk undoes one. */
async function someMergedCustomer(page) {
  for (let tried = 0; tried < 50; tried += 1) {
    const id = `cus_${100 + Math.floor(Math.random() * 1500)}`;
    const response = await page.request.get(`${given.at}/api/v1/customers/${id}`, {
      headers: { Authorization: `Bearer ${key}` },
    });
    if (!response.ok()) continue;
    const customer = await response.json();
    if (customer.events > 0 && customer.merges[0] && !customer.merges[0].undone_at) return customer.id;
  }
  throw new Error('no customer with a merge was found');
}

const walks = {
  'a wrong key is told so, a right one opens the door': async () => {
    const { page, close } = await open('/', { withKey: false });
    await page.getByRole('textbox', { name: 'Key' }).fill('viv_wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The server does not know this key').waitFor();
    await page.getByRole('textbox', { name: 'Key' }).fill(key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Café Alameda' }).waitFor();
    await close();
  },

  'a funnel is asked by keyboard alone, and saved': async () => {
    const { page, close } = await open('/journeys?view=funnel');
    for (const [words, activity] of [
      ['an activity', 'Product Viewed'],
      ['add a step', 'Order Completed'],
    ]) {
      await page.getByRole('button', { name: `Choose an activity: ${words}` }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('textbox', { name: 'Search activities' }).waitFor();
      await page.keyboard.type(activity);
      await page.getByRole('option', { name: activity, exact: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: `Choose an activity: ${activity}` }).waitFor();
    }
    await page.getByText('Reach the end').waitFor();
    const csv = (await download(page, 'CSV table')).toString('utf8');
    assert.match(csv, /step,activity,customers/);
    assert.match(csv, /1,Product Viewed,\d+,1,,/);
    const svg = (await download(page, 'SVG drawing')).toString('utf8');
    assert.match(svg, /^<svg /);
    assert.match(svg, /font\/woff2/);
    const png = await download(page, 'PNG image');
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    assert.ok(png.length > 5_000, 'an empty picture');
    await close();
  },

  'an activity of the map is opened by keyboard, and its paths from there': async () => {
    const { page, close } = await open('/journeys');
    await page.locator('.react-flow__node').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Before' }).waitFor();
    await page.getByRole('button', { name: 'Paths from here' }).click();
    await page.getByText(/paths are .* of the .* times|All paths are drawn/).waitFor();
    const svg = (await download(page, 'SVG drawing')).toString('utf8');
    assert.match(svg, /^<svg /);
    await close();
  },

  'the map is saved as a drawing and as a table': async () => {
    const { page, close } = await open('/journeys');
    await page.locator('.react-flow__node').first().waitFor();
    assert.match((await download(page, 'SVG drawing')).toString('utf8'), /Product Viewed/);
    assert.ok((await download(page, 'PNG image')).length > 20_000, 'an empty picture');
    assert.match((await download(page, 'CSV table')).toString('utf8'), /from,to,events,customers/);
    await close();
  },

  'a file is dropped, understood, corrected and brought in; planted scripts stay text': async () => {
    const { page, close } = await open('/settings/sources?tab=import');
    const rows = [
      'who,what,moment,note',
      `walker-${Date.now()},"${PLANTED.replaceAll('"', '""')}",2026-10-01 10:00,"${PLANTED.replaceAll('"', '""')}"`,
      'walker-2,Visit,not a time,x',
    ].join('\n');
    await page.setInputFiles('input[type=file]', {
      name: `${PLANTED}.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from(rows),
    });
    await page.getByText('It begins like this').or(page.getByText('The question cannot be answered')).waitFor();
    for (const [role, column] of [
      ['Customer', 'who'],
      ['Activity', 'what'],
      ['When', 'moment'],
    ]) {
      await page.getByLabel(role, { exact: false }).first().click();
      await page.getByRole('option', { name: column, exact: true }).click();
    }
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: 'Imported' }).waitFor();
    await page.getByText('The time cannot be read').waitFor();
    await page.goto(`${given.at}/journeys?view=map&detail=100`);
    await page.locator('.react-flow__node').first().waitFor();
    await page.goto(`${given.at}/journeys?view=map&table=true`);
    await page.getByText(PLANTED).first().waitFor();
    await page.goto(`${given.at}/journeys?view=paths&start=${encodeURIComponent(PLANTED)}`);
    await page.waitForTimeout(800);
    await page.goto(`${given.at}/settings/sources?tab=dead`);
    await page.getByText('The time cannot be read').first().waitFor();
    await close();
  },

  'a customer is found, an event opened, a merge undone after its preview': async () => {
    const { page, close } = await open('/customers');
    const merged = await someMergedCustomer(page);
    await page.getByRole('searchbox', { name: 'Find a customer' }).fill(merged);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: /^cus_/ }).first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Everything lived' }).waitFor();
    const event = page.locator('[data-look="event"]').first();
    await event.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Event id').waitFor();
    const before = await page.getByText(/^undone on/).count();
    await page.getByRole('button', { name: 'undo…' }).first().click();
    await page.getByText('This is how it would be').or(page.getByText('Nothing parts')).waitFor();
    await page.getByRole('button', { name: 'Undo the merge' }).click();
    await page.getByText('Merge undone').waitFor();
    await page.waitForTimeout(500);
    assert.ok((await page.getByText(/undone on/).count()) >= before);
    await close();
  },

  'a key is made, shown once and revoked': async () => {
    const { page, close } = await open('/settings/sources');
    const name = `walk-${Date.now()}`;
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByRole('button', { name: 'Make the key' }).click();
    const secret = await page.locator('code').filter({ hasText: /^viv_/ }).textContent();
    assert.match(secret, /^viv_\w{10,}$/);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('cell', { name: new RegExp(`^${name}`) }).waitFor();
    assert.equal(await page.getByText(secret).count(), 0);
    await page.getByRole('button', { name: `Revoke “${name}”` }).click();
    await page.getByRole('button', { name: 'Revoke for ever' }).click();
    await page.getByText('Key revoked').waitFor();
    await close();
  },

  'what was refused is read again on demand': async () => {
    const { page, close } = await open('/settings/sources?tab=dead');
    await page.getByRole('switch', { name: 'See what was received' }).focus();
    await page.keyboard.press('Space');
    await page.locator('pre').first().waitFor();
    await page.getByRole('button', { name: 'Read all again' }).click();
    await page.getByText(/still cannot be read\./).waitFor();
    await close();
  },

  'a failing server is told as such, with its request, and tried again': async () => {
    const { page, close } = await open('/');
    await page.getByText('What changed').waitFor();
    const problem = {
      type: 'about:blank',
      title: 'x',
      status: 500,
      code: 'internal',
      detail: 'it broke',
      request_id: 'req-77',
    };
    let fails = true;
    await page.route('**/api/v1/journeys/map*', (route) =>
      fails
        ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) })
        : route.continue(),
    );
    await page.getByRole('link', { name: 'Journeys' }).click();
    await page.getByText('The server failed').waitFor();
    await page.getByText('req-77').waitFor();
    fails = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.react-flow__node').first().waitFor();
    await page.route('**/api/v1/customers?*', (route) => route.abort());
    await page.goto(`${given.at}/customers?q=x`);
    await page.getByText('The server does not answer').waitFor();
    await close();
  },
};

let failed = 0;
for (const [name, walk] of Object.entries(walks)) {
  try {
    await walk();
    console.log(`done    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n        ${String(error.message).split('\n').slice(0, 6).join('\n        ')}`);
  }
}
await browser.close();
process.exit(failed === 0 ? 0 : 1);
