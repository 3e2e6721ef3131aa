import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { ask, settled, walkFrom } from '../browser.mjs';

export const walks = {
  'a comment is looked for by keyboard, found as the interface finds it, and what is like it is shown': () =>
    walkFrom('/listening/comments', async (page) => {
      await settled(page);
      await page.getByRole('searchbox', { name: 'Words to look for' }).focus();
      await page.keyboard.type('espera');
      await page.keyboard.press('Enter');
      await page.waitForURL(/q=espera/);
      const { total, comments } = await ask('/api/v1/comments?q=espera');
      assert.ok(total > 0, 'somebody waited');
      await page
        .getByText(`${total.toLocaleString('en-GB')} comment`)
        .first()
        .waitFor();
      const found = comments[0].parts.find(({ is_match }) => is_match).text;
      await page.locator('main mark').filter({ hasText: found }).first().waitFor();
      await page.getByRole('button', { name: 'Similar comments' }).first().focus();
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'Similar comments' }).waitFor();
      await page.getByRole('link', { name: 'Customer', exact: true }).first().click();
      await page.getByRole('heading', { name: 'Everything lived' }).waitFor();
    }),

  'a query that cannot be read says what to write': () =>
    walkFrom('/listening/comments?q=%22abierta', async (page) => {
      await page.getByText('a double quote is not closed').waitFor();
    }),

  'themes are those of the interface, and one leads to its comments': () =>
    walkFrom('/listening/comments?view=themes&every=month', async (page) => {
      await settled(page);
      const { themes } = await ask('/api/v1/comments/themes?every=month');
      assert.equal(await page.locator('main svg[role="img"]').count(), themes.length);
      await page.locator('main h2 a').first().click();
      await page.waitForURL(/topic=/);
      const topic = new URL(page.url()).searchParams.get('topic');
      const { total } = await ask(`/api/v1/comments?topic=${topic}`);
      await page
        .getByText(`${total.toLocaleString('en-GB')} comments`)
        .first()
        .waitFor();
    }),

  'what detractors say of the wait is found, and one of them is copied': () =>
    walkFrom('/listening/comments', async (page) => {
      await settled(page);
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('combobox', { name: 'What score they gave' }).selectOption('detractors');
      await page.getByRole('combobox', { name: 'Topic' }).selectOption('waiting');
      await page.waitForURL(/group=detractors.*topic=waiting/);
      const { total, comments } = await ask(
        '/api/v1/comments?topic=waiting&metric=nps&score_at_least=0&score_at_most=6',
      );
      assert.ok(total > 0 && comments.every(({ answers }) => answers.nps <= 6));
      await page
        .getByText(`${total.toLocaleString('en-GB')} comment`)
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Copy the quote' }).first().click();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.ok(copied.startsWith(`«${comments[0].text.trim()}» (`) && copied.includes('NPS'), copied);
    }),

  'what is new in a week says how sure it is, with what people wrote': () =>
    walkFrom('/listening/comments?view=news&to=2026-07-01', async (page) => {
      await settled(page);
      const { news, findings } = await ask('/api/v1/comments/news?to=2026-07-01');
      const isTooFew = findings.some(({ code }) => code === 'too_few_comments');
      await page.getByText(isTooFew ? 'Too few comments from 24 Jun 2026' : 'comments from 24 Jun 2026').waitFor();
      assert.equal(await page.locator('main h2').count(), Math.max(1, news.length));
    }),

  'quotes leave as a file for a report': () =>
    walkFrom('/listening/comments?topic=waiting', async (page) => {
      await settled(page);
      await page.locator('[data-look="quotes"]').click();
      const [saved] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: 'Markdown for a document' }).click(),
      ]);
      assert.match(await readFile(await saved.path(), 'utf8'), /^> /);
    }),
};
