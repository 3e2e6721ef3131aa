import assert from 'node:assert/strict';
import { at, openContext, openPage, settled, walkFrom } from '../browser.mjs';
import { violationsOf } from '../violations.mjs';

const ATTRIBUTION = '/journeys?view=attribution&outcome=Order%20Completed';
const compared = 'from=2026-04-01&to=2026-10-01&against=before';
const steps = encodeURIComponent(JSON.stringify(['Product Viewed', 'Product Added', 'Order Completed']));
const behind = encodeURIComponent(JSON.stringify({ kind: 'activity', activity: 'Order Completed' }));
const EVERY_PICTURE = {
  map: 'view=map',
  paths: 'view=paths&start=Product%20Viewed',
  funnel: `view=funnel&steps=${steps}`,
  retention: 'view=retention',
  lifeCycle: 'view=retention&lifeCycle=true',
  attribution: 'view=attribution&outcome=Order%20Completed',
  effort: 'view=effort&outcome=Order%20Completed',
  frictions: 'view=frictions',
  behind: `view=map&behind=${behind}`,
};
const WORDS = {
  en: {
    title: 'Working out the answer',
    asked: 'What led to Order Completed, by each model',
    before: 'Below is still the answer to the question before.',
    stop: 'Stop',
    stopped: 'Question stopped',
    again: 'Ask again',
    memory: 'Memory of the chain',
    comparing: 'Comparing with the period before…',
  },
  es: {
    title: 'Calculando la respuesta',
    asked: 'Qué llevó a Order Completed, según cada modelo',
    before: 'Debajo sigue la respuesta a la pregunta anterior.',
    stop: 'Parar',
    stopped: 'Pregunta parada',
    again: 'Preguntar otra vez',
    memory: 'Memoria de la cadena',
    comparing: 'Comparando con el período anterior…',
  },
};

/** Holds back what is asked of journeys for as long as `delay` says at that time; gives what was aborted meanwhile. */
async function holdBack(page, delay) {
  const aborted = [];
  page.on('requestfailed', (request) => aborted.push(new URL(request.url()).pathname));
  await page.route(/\/api\/v1\/journeys\//, async (route) => {
    await new Promise((passed) => setTimeout(passed, delay(new URL(route.request().url()))));
    await route.continue().catch(() => undefined);
  });
  return aborted;
}

/** What is announced and whether progress was ever seen, from the beginning of a page on. */
const watch = (page) =>
  page.addInitScript(() => {
    window.announced = [];
    window.wasSeen = false;
    new MutationObserver(() => {
      if (document.querySelector('[data-look="progress"]')) window.wasSeen = true;
      const said = document.querySelector('[data-look="announcement"]')?.textContent ?? '';
      if (said !== '' && said !== window.announced.at(-1)) window.announced.push(said);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });

const inLanguage = (language) => async () => {
  const words = WORDS[language];
  const context = await openContext({ language });
  const { page, close } = await openPage(context);
  await watch(page);
  let delay = 0;
  const aborted = await holdBack(page, () => delay);
  const progress = page.locator('[data-look="progress"]');
  await page.goto(at + ATTRIBUTION);
  await settled(page);
  // Whatever the first answer took on this machine, from here on it is known.
  await page.evaluate(() => {
    window.announced = [];
  });
  const memory = (n) => page.getByRole('radiogroup', { name: words.memory }).getByText(String(n), { exact: true });

  delay = 600_000;
  await memory(2).click();
  await progress.getByText(words.title).waitFor();
  await progress.getByText(words.asked).waitFor();
  await progress.getByText(words.before).waitFor();
  await progress.getByText('2 s', { exact: true }).waitFor();
  const old = page.locator('[data-look="before"]');
  assert.ok(
    Number(await old.evaluate((element) => getComputedStyle(element).opacity)) < 0.7,
    'the old answer is dimmed',
  );
  await old.getByRole('table').waitFor();
  const said = await page.evaluate(() => window.announced);
  assert.equal(said.length, 1, `announced once, not as ${JSON.stringify(said)}`);
  assert.ok(said[0].startsWith(`${words.title}: ${words.asked}`));
  const motion = await progress.evaluate(
    (element) => getComputedStyle(element.firstElementChild, '::after').animationName,
  );
  assert.equal(motion, 'none', 'who asks for less motion sees none');
  assert.deepEqual(await violationsOf(page, { without: '[data-look="before"]' }), []);

  await progress.getByRole('button', { name: words.stop }).focus();
  await page.keyboard.press('Enter');
  await progress.getByText(words.stopped).waitFor();
  assert.deepEqual(aborted, ['/api/v1/journeys/attribution']);
  await old.getByRole('table').waitFor();
  delay = 0;
  await page.keyboard.press('Enter');
  await progress.waitFor({ state: 'detached' });
  assert.equal(await old.count(), 0);

  delay = 600_000;
  await page.goto(`${at}${ATTRIBUTION}&memory=3`);
  await progress.getByText(words.title).waitFor();
  assert.equal(await progress.getByText(words.before).count(), 0, 'there is no answer to a question before');
  await progress.getByRole('button', { name: words.stop }).click();
  delay = 0;
  await progress.getByRole('button', { name: words.again }).click();
  await page.getByRole('table').waitFor();
  await settled(page);
  assert.deepEqual(await close(), []);
  await context.close();
};

export const walks = {
  'a slow answer says so in English, and can be stopped and asked again': inLanguage('en'),
  'a slow answer says so in Spanish, and can be stopped and asked again': inLanguage('es'),

  'every picture says that it takes a while': async () => {
    for (const [name, question] of Object.entries(EVERY_PICTURE)) {
      const context = await openContext();
      const { page, close } = await openPage(context);
      let delay = 600_000;
      await holdBack(page, () => delay);
      await page.goto(`${at}/journeys?${question}`);
      const progress = page.locator('[data-look="progress"]');
      await progress.getByText(WORDS.en.title).waitFor();
      await progress.getByText('1 s', { exact: true }).waitFor();
      await progress.getByRole('button', { name: 'Stop' }).click();
      delay = 0;
      await progress.getByRole('button', { name: 'Ask again' }).click();
      await progress.waitFor({ state: 'detached' });
      await settled(page);
      assert.equal(await page.getByRole('alert').count(), 0, `${name} has its answer`);
      assert.deepEqual(await close(), []);
      await context.close();
    }
  },

  'the own side is there while the other is on its way, and stays when that is stopped': () =>
    walkFrom('/journeys?view=retention', async (page) => {
      await settled(page);
      // Half a year before what is looked at.
      const isOther = (url) => url.searchParams.get('from') !== '2026-04-01';
      await holdBack(page, (url) => (isOther(url) ? 600_000 : 0));
      await page.goto(`${at}/journeys?view=retention&${compared}`);
      const progress = page.locator('[data-look="progress"]');
      await progress.getByText(WORDS.en.comparing).waitFor();
      await page.getByRole('table').waitFor();
      assert.equal(await page.locator('[data-look="before"]').count(), 0, 'what is there answers this question');
      await progress.getByRole('button', { name: 'Stop' }).click();
      await progress.getByText(WORDS.en.stopped).waitFor();
      await page.getByRole('table').waitFor();
    }),

  'what is answered at once is not announced': () =>
    walkFrom('/journeys?view=attribution&outcome=Order%20Completed', async (page) => {
      await settled(page);
      await page.waitForTimeout(400);
      await page.evaluate(() => {
        new MutationObserver(() => {
          if (document.querySelector('[data-look="progress"], [data-look="before"]')) window.wasSeen = true;
        }).observe(document, { subtree: true, childList: true, attributes: true });
      });
      // The second answer is at hand: what the page does with it must not depend on the machine.
      let kept;
      await page.route(/\/api\/v1\/journeys\//, async (route) => {
        kept ??= await (await route.fetch()).text();
        await route.fulfill({ contentType: 'application/json', body: kept });
      });
      const memory = page.getByRole('radiogroup', { name: WORDS.en.memory });
      await memory.getByText('2', { exact: true }).click();
      await settled(page);
      await page.evaluate(() => {
        window.wasSeen = false;
      });
      await memory.getByText('3', { exact: true }).click();
      await page.waitForURL(/memory=3/);
      await settled(page);
      assert.equal(await page.evaluate(() => window.wasSeen), false);
    }),
};
