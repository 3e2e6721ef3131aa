// Says whom a survey invites by itself, sees what that may bring, changes the contact rule, and tells marked answers from the others.
import assert from 'node:assert/strict';
import { ask, at, settled, walkFrom } from '../browser.mjs';

const mark = Date.now().toString(36);

/** A survey of these walks alone; its id. */
async function makeSurvey(name, more = {}) {
  const { examples } = await ask('/api/v1/surveys/examples');
  const { id } = await ask('/api/v1/surveys', { method: 'POST', body: { ...examples[0], name, ...more } });
  await ask(`/api/v1/surveys/${id}/state`, { method: 'PUT', body: { state: 'open' } });
  return id;
}

export const walks = {
  'whom a survey invites is said beside how many answers that may bring': async () => {
    const id = await makeSurvey(`inviting-${mark}`);
    await walkFrom(`/listening/surveys/${id}/edit`, async (page) => {
      await settled(page);
      await page.getByRole('combobox', { name: 'When' }).selectOption('event');
      await page.getByRole('combobox', { name: 'Activity', exact: true }).fill('Order Completed');
      await page.getByText('Nothing to mend').waitFor();
      const forecast = page.getByRole('region', { name: 'How many answers to expect' });
      await forecast.locator('dl').waitFor();
      const file = (await ask(`/api/v1/surveys/${id}`)).definition;
      const invite = { when: { event: 'Order Completed', after_minutes: 120 } };
      const { occasions } = await ask('/api/v1/surveys/forecast', { method: 'POST', body: { ...file, invite } });
      const rows = await forecast.locator('dl').innerText();
      assert.ok(rows.includes(occasions.toLocaleString('en-GB')), `${rows} does not tell ${occasions}`);
      await page.locator('[data-look="keep"]').click();
      await page.getByRole('tab', { name: 'Invitations' }).click();
      await page.getByText('It has not invited anybody yet').waitFor();
      assert.deepEqual((await ask(`/api/v1/surveys/${id}`)).definition.invite.when, invite.when);
    });
  },

  'the contact rule is changed where it is seen at work': async () => {
    const id = await makeSurvey(`rule-${mark}`);
    const before = await ask('/api/v1/contact-rule');
    await walkFrom(`/listening/surveys/${id}?part=planned`, async (page) => {
      await settled(page);
      await page.getByText('It invites nobody by itself').waitFor();
      await page.locator('[data-look="contact-rule"]').click();
      await page.getByRole('textbox', { name: 'Contacts at most' }).fill('3');
      await page.getByRole('textbox', { name: 'Days between two contacts' }).fill('400');
      await page.getByRole('button', { name: 'Save the rule' }).click();
      await page.getByRole('alert').getByText('apart_days').waitFor();
      assert.deepEqual(await ask('/api/v1/contact-rule'), before, 'what nobody could keep changes nothing');
      await page.getByRole('textbox', { name: 'Days between two contacts' }).fill('5');
      await page.getByRole('button', { name: 'Save the rule' }).click();
      await page.getByText(/^At most 3 contacts in 30 days, 5 days apart/).waitFor();
      assert.deepEqual(await ask('/api/v1/contact-rule'), { ...before, most: 3, apart_days: 5 });
    });
    await ask('/api/v1/contact-rule', { method: 'PUT', body: before });
  },

  'answers with marks are told from those without': async () => {
    const id = await makeSurvey(`marked-${mark}`);
    const { link } = await ask(`/api/v1/surveys/${id}`);
    const address = `${at}${new URL(link).pathname}`;
    const send = (fields) => fetch(address, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
    // What never had the page is a program; what had it is not.
    await send([
      ['page', `walk-${mark}`],
      ['version', '1'],
      ['q.recommend', '3'],
    ]);
    const page = await (await fetch(address)).text();
    const hidden = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, ...field]) => field,
    );
    await send([...hidden, ['q.recommend', '9']]);
    await walkFrom(`/listening/surveys/${id}`, async (page) => {
      await settled(page);
      await page.getByRole('link', { name: '1 of those sent has marks.' }).click();
      await page.getByText('A program’s').waitFor();
      assert.equal(await page.locator('main article').count(), 1);
      await page.getByText('Without marks', { exact: true }).click();
      await page.getByText('9 / 10').waitFor();
      assert.equal(await page.locator('main article').count(), 1);
      await page.getByText('All', { exact: true }).click();
      await page.getByText('3 / 10').waitFor();
      assert.equal(await page.locator('main article').count(), 2);
    });
  },
};
