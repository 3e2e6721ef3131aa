// Writes a survey in the console, opens it, answers it as a customer, and finds the answer and the score again.
import assert from 'node:assert/strict';
import { ask, at, browser, openContext, openPage, settled, walkFrom } from '../browser.mjs';

/** Of each walk its own, so that they can be walked again. */
const mark = Date.now().toString(36);
const field = (page, label, language) => page.getByRole('textbox', { name: `${label}: ${language}`, exact: true });

async function write(page, label, spanish, english) {
  await field(page, label, 'Spanish').fill(spanish);
  await field(page, label, 'English').fill(english);
}

const found = async (name) => (await ask('/api/v1/surveys')).surveys.find((survey) => survey.name === name);

/** Answers a page of a customer, who has no key: its link, and what is done on it. */
async function answerAt(link, act) {
  const context = await openContext({ withKey: false });
  const { page, close } = await openPage(context);
  const { pathname, search } = new URL(link);
  await page.goto(`${at}${pathname}${search}`);
  await act(page);
  await page.waitForURL(/\/thanks/);
  assert.deepEqual(await close(), []);
  await context.close();
}

const choose = async (page, number) => {
  await page.locator('.question.now label', { hasText: new RegExp(`^${number}(:|$)`) }).click();
  await page.locator('button.main').click();
};

export const walks = {
  'a survey is written, opened, answered at its link, and the answer and its score are found': () =>
    walkFrom('/listening/surveys', async (page) => {
      await settled(page);
      await page.getByRole('button', { name: 'New survey' }).click();
      await page.getByRole('link', { name: 'Write one from nothing' }).click();
      await page.getByRole('heading', { name: 'New survey' }).waitFor();
      const make = page.getByRole('button', { name: 'Make the survey' });
      await page.locator('b', { hasText: /problems$/ }).waitFor();
      assert.ok(await make.isDisabled(), 'what has problems cannot be kept');

      await write(page, 'Title', `Visita ${mark}`, `Visit ${mark}`);
      const key = await page.getByRole('textbox', { name: 'Key', exact: true }).inputValue();
      assert.match(key, new RegExp(`^visit[a]?-${mark}$`), 'the key follows the title');
      await write(page, 'Thanks at the end', 'Gracias', 'Thank you');
      await write(page, 'Question', '¿Nos recomendaría?', 'Would you recommend us?');
      await page.getByRole('combobox', { name: 'Type of the new question' }).selectOption('text');
      await page.getByRole('button', { name: 'Add a question' }).click();
      await write(page, 'Question', '¿Por qué?', 'Why?');
      // Only those who would hardly recommend are asked why.
      await page.getByText('When it is asked and where it goes on').click();
      await page.getByRole('button', { name: 'Add a condition' }).first().click();
      await page.getByText('Nothing to mend').waitFor();
      const preview = page.frameLocator('[data-look="preview"]');
      await preview.getByText('Why?').waitFor();
      await make.click();

      await page.getByRole('heading', { name: `Visit ${mark}` }).waitFor();
      const made = await found(key);
      assert.deepEqual(made.definition.questions[1].show_when, { question: 'recommend', at_least: 9 });
      await page.getByRole('button', { name: 'Open the survey' }).click();
      await page.getByText('Open', { exact: true }).first().waitFor();

      await page.getByRole('tab', { name: 'Links' }).click();
      await page.getByRole('textbox', { name: 'Touchpoint' }).fill('shop:Visit');
      await page.getByText('touchpoint=shop%3AVisit').first().waitFor();
      const link = await page.locator('main code').first().innerText();
      await answerAt(`${link}&language=en`, async (customer) => {
        await choose(customer, 9);
        await customer.locator('.question.now textarea').fill('The coffee');
        await customer.locator('button.main').click();
      });
      const people = Array.from({ length: 10 }, (_, at) => ({ identifiers: { user_id: `walk-${mark}-${at}` } }));
      const { links } = await ask(`/api/v1/surveys/${made.id}/invitations`, { method: 'POST', body: { people } });
      for (const [position, { link: personal }] of links.entries())
        await answerAt(personal, async (customer) => {
          await choose(customer, position < 8 ? 10 : 3);
          if (position < 8) await customer.locator('button.main').click();
        });

      await page.reload();
      await page.getByRole('tab', { name: 'Answers' }).click();
      await page.getByText('The coffee').waitFor();
      await page.getByText('shop:Visit').waitFor();
      assert.equal(await page.getByText('10 / 10').count(), 8);
      await page.getByRole('tab', { name: 'Overview' }).click();
      await page.getByText('100% answer').waitFor();
      await page.getByRole('link', { name: 'Scores of this survey' }).click();
      await settled(page);
      assert.equal(await page.getByRole('combobox', { name: 'Survey' }).inputValue(), key);
      await page.getByText('+60', { exact: true }).first().waitFor();
    }),

  'a question is moved by keyboard, taken back, and what no field shows is kept': () =>
    walkFrom('/listening/surveys/srv_1/edit', async (page) => {
      await settled(page);
      const before = await ask('/api/v1/surveys/srv_1');
      const titles = () => page.locator('[data-question] [aria-expanded]').allInnerTexts();
      const [first, second] = await titles();
      await page.getByRole('button', { name: 'Move question 1: with the arrows up and down' }).focus();
      await page.keyboard.press('ArrowDown');
      await page.getByText('Question moved to place 2 of 3').waitFor({ state: 'attached' });
      assert.ok((await titles())[1].includes(first.split('\n')[1]));
      await page.keyboard.press('ArrowUp');
      assert.ok((await titles())[1].includes(second.split('\n')[1]), 'the focus went with it');
      await page.getByRole('button', { name: 'Move question 1 down' }).click();
      await page.getByRole('button', { name: 'Undo' }).click();
      assert.deepEqual(await titles(), [first, ...(await titles()).slice(1)]);

      await page.locator('[data-question="1"] [aria-expanded]').click();
      await page.getByRole('checkbox', { name: 'It must be answered' }).check();
      await page.getByText('Nothing to mend').waitFor();
      // Whoever leaves is asked first.
      await page.getByRole('link', { name: 'Surveys' }).first().click();
      await page.getByRole('dialog', { name: 'There are changes that are not kept' }).waitFor();
      await page.getByRole('button', { name: 'Stay here' }).click();

      // Somebody else was faster.
      await ask('/api/v1/surveys/srv_1', { method: 'PUT', body: before.definition });
      await page.locator('[data-look="keep"]').click();
      await page.getByRole('dialog', { name: 'Somebody changed it in the meantime' }).waitFor();
      await page.getByRole('button', { name: 'Keep on top' }).click();
      await page.getByRole('tab', { name: 'Overview' }).waitFor();
      const after = await ask('/api/v1/surveys/srv_1');
      assert.equal(after.version, before.version + 2);
      const wanted = structuredClone(before.definition);
      wanted.questions[1].required = true;
      assert.deepEqual(after.definition, wanted);
      await ask('/api/v1/surveys/srv_1', { method: 'PUT', body: before.definition });
    }),

  'a preview sends nothing, and a code leads where it says': () =>
    walkFrom('/listening/surveys/srv_1', async (page) => {
      await settled(page);
      const { counts } = await ask('/api/v1/surveys/srv_1');
      const sent = [];
      page.on('request', (request) => {
        if (request.method() === 'POST' && new URL(request.url()).pathname.startsWith('/s/')) sent.push(request.url());
      });
      const preview = page.frameLocator('[data-look="preview"]');
      await preview.locator('.question.now label', { hasText: /^9$/ }).click();
      await preview.locator('button.main').click();
      await preview.locator('button.main').click();
      await preview.locator('[data-message="answered"]').waitFor();
      assert.deepEqual(sent, []);
      assert.deepEqual((await ask('/api/v1/surveys/srv_1')).counts, counts);
      await page.getByRole('tab', { name: 'Links' }).click();
      await page.locator('main img[alt^="QR code"]').waitFor();
    }),

  'people are pasted, and their links come as a file': () =>
    walkFrom('/listening/surveys/srv_1?part=links', async (page) => {
      await settled(page);
      await page
        .getByRole('textbox', { name: 'Customers' })
        .fill(`user_id;first_name\npaste-${mark}-1;Ana\npaste-${mark}-2;Luis\n`);
      await page.getByText('2 customers').waitFor();
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Make the links' }).click();
      const stream = await (await saving).createReadStream();
      let text = '';
      for await (const piece of stream) text += piece;
      const rows = text.trim().split('\r\n');
      assert.equal(rows.length, 3);
      assert.match(rows[1], new RegExp(`^paste-${mark}-1,.*/s/`));
      const path = new URL(rows[1].split(',').find((cell) => cell.includes('/s/'))).pathname;
      const context = await browser.newContext();
      const customer = await context.newPage();
      assert.equal((await customer.goto(`${at}${path}`)).status(), 200);
      await context.close();
    }),
};
