// Answers the survey `after-purchase`, which the demonstration has opened, as a customer does: with the page's script and without.
import assert from 'node:assert/strict';
import { ask, at, browser, openContext, openPage } from '../browser.mjs';
import { violationsOf } from '../violations.mjs';

const { surveys } = await ask('/api/v1/surveys');
const survey = surveys.find(({ name }) => name === 'after-purchase')?.id;
const LOOKS = [
  { language: 'es', theme: 'light', width: 390 },
  { language: 'en', theme: 'dark', width: 1280 },
];
/** What customers write too: right to left, emoji, and what somebody may take for markup. */
const COMMENT = 'مرحبا ☕ <b>la espera</b> "larga"';

async function invite(user) {
  const people = [
    {
      identifiers: { user_id: user },
      traits: { first_name: '<i>Lucía</i>' },
      touchpoint: 'web:Order Completed',
    },
  ];
  const { links } = await ask(`/api/v1/surveys/${survey}/invitations`, { method: 'POST', body: { people } });
  return `/s/${links[0].link.split('/s/')[1]}`;
}

const answersOf = async () => (await ask(`/api/v1/surveys/${survey}/responses`)).responses;

/** Hands a page of a customer, who has no key, to a walk; afterwards nothing may have gone wrong behind it. */
async function visit(path, look, walk) {
  const context = await openContext({ ...look, withKey: false });
  const { page, close } = await openPage(context);
  await page.goto(`${at}${path}${path.includes('?') ? '&' : '?'}language=${look.language}`);
  await walk(page);
  assert.deepEqual(await close(), []);
  await context.close();
}

const isWhole = async (page) => {
  assert.deepEqual(await violationsOf(page), []);
  const { wide, window } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    window: innerWidth,
  }));
  assert.ok(wide <= window, `${wide} px in a window of ${window}`);
};

export const walks = {
  'one question after the other, and the last one sends': async () => {
    for (const [position, look] of LOOKS.entries()) {
      const path = await invite(`walker-${position}`);
      await visit(path, look, async (page) => {
        await isWhole(page);
        const main = page.locator('button.main');
        await main.click();
        await page.locator('.question.now .wrong:not([hidden])').waitFor();
        await page.locator('.question.now label', { hasText: /^9$/ }).click();
        await main.click();
        await page.locator('.question.now textarea').fill(COMMENT);
        await isWhole(page);
        await main.click();
        await page.waitForURL(/\/thanks/);
        await isWhole(page);
      });
      const [newest] = await answersOf();
      assert.equal(newest.is_complete, true);
      assert.equal(newest.answers.recommend, 9);
      assert.equal(newest.answers.why, COMMENT);
    }
  },

  'without a script the form is whole, and an answer in the link is chosen and not sent': async () => {
    const path = await invite('walker-without-script');
    const before = (await answersOf()).length;
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(`${at}${path}?q.recommend=4`);
    assert.equal(await page.locator('input[name="q.recommend"]:checked').getAttribute('value'), '4');
    assert.equal((await answersOf()).length, before, 'fetching a page votes');
    await page.locator('button.main').click();
    await page.waitForURL(/\/thanks/);
    const [newest] = await answersOf();
    assert.equal(newest.answers.recommend, 4);
    await context.close();
  },

  'what was begun is kept when the page is left, and whoever refuses is left alone': async () => {
    const path = await invite('walker-who-leaves');
    await visit(path, LOOKS[0], async (page) => {
      await page.locator('.question.now label', { hasText: /^3$/ }).click();
      const kept = page.waitForResponse((response) => response.url().endsWith('/partial'));
      await page.locator('button.main').click();
      assert.equal((await kept).status(), 204);
    });
    const [newest] = await answersOf();
    assert.deepEqual([newest.is_complete, newest.answers.recommend], [false, 3]);
    await visit(await invite('walker-who-refuses'), LOOKS[1], async (page) => {
      await page.locator('.refuse button').click();
      await page.getByRole('heading', { name: 'Understood' }).waitFor();
      await isWhole(page);
    });
  },
};
