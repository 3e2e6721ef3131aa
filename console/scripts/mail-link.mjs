// Opens a link out of a message in Chromium as a customer does, writes a comment and sends it.
// usage: VIVENCIA_AT=http://127.0.0.1:8080 VIVENCIA_KEY=viv_… node scripts/mail-link.mjs '/s/viv_…?a=3&language=en' 'a comment'
import assert from 'node:assert/strict';
import { at, browser, openContext, openPage } from './browser.mjs';

const [path, comment] = process.argv.slice(2);
const context = await openContext({ language: 'en', width: 390, withKey: false });
const { page, close } = await openPage(context);
const kept = page.waitForResponse((response) => response.url().endsWith('/partial'));
await page.goto(`${at}${path}`);
assert.equal((await kept).status(), 204, 'the page sends the answer that the link brought');
const chosen = page.locator('input[type=radio]:checked');
assert.equal(await chosen.getAttribute('value'), new URLSearchParams(path.split('?')[1]).get('a'));
assert.ok(!page.url().includes('a='), 'loading the page again does not choose again');
await page.locator('.question.now textarea').fill(comment);
await page.locator('button.main').click();
await page.waitForURL(/\/thanks/);
await page.getByRole('heading', { name: 'Answer received' }).waitFor();
assert.deepEqual(await close(), []);
await browser.close();
console.log('done');
