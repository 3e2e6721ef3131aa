import assert from 'node:assert/strict';
import { ask, settled, walkFrom } from '../browser.mjs';

const listed = async () => (await ask('/api/v1/annotations')).annotations;

export const walks = {
  'what happened is noted beside the trend, changed and taken back': () =>
    walkFrom('/listening', async (page) => {
      await settled(page);
      const before = await listed();
      await page.getByRole('button', { name: 'Note something' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('What happened').fill('The terrace opened');
      await dialog.getByLabel('Kind').selectOption({ label: 'Other' });
      await dialog.getByLabel('Day').fill('2026-05-04');
      await dialog.getByRole('button', { name: 'Save' }).click();
      const row = page.locator('main ol > li', { hasText: 'The terrace opened' });
      await row.waitFor();
      assert.equal((await listed()).length, before.length + 1);
      assert.match(await row.innerText(), /Other · 4 May 2026/);

      await page.getByRole('button', { name: 'Change “The terrace opened”' }).click();
      await dialog.getByLabel('Until').fill('2026-05-06');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.locator('main ol > li', { hasText: '6 May 2026' }).waitFor();
      await page.getByRole('radio', { name: 'Table' }).focus();
      await page.keyboard.press('Space');
      await row.waitFor();
      await page.getByRole('button', { name: 'Delete “The terrace opened”' }).click();
      await row.waitFor({ state: 'detached' });
      assert.equal((await listed()).length, before.length);
    }),

  'a metric is defined when its example agrees, chosen, asked for drivers, and deleted': () =>
    walkFrom('/listening', async (page) => {
      await settled(page);
      await page.getByRole('button', { name: 'Metrics…' }).click();
      await page.getByRole('button', { name: 'Define a metric' }).click();
      const dialog = page.getByRole('dialog');
      const fill = (label, text) => dialog.getByLabel(label).fill(text);
      await fill('Name', 'delighted');
      await fill('Property', 'csat');
      await fill('High, from', '5');
      await fill('What it says, in Spanish', 'respuestas de 5');
      await fill('What it says, in English', 'answers of 5');
      await fill('Where it comes from', 'ours');
      await fill('Answers', '5 5 4 1');
      await fill('Score', '75');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByText(/gives 50 for its example, not 75/).waitFor();
      await fill('Score', '50');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: 'delighted' }).waitFor();
      await settled(page);
      const { whole } = await ask('/api/v1/scores?metric=delighted');
      assert.ok((await page.locator('main').innerText()).includes(`${whole.total.score.toFixed(1)}%`));
      await page.getByRole('link', { name: 'What moves the score' }).click();
      await page.getByLabel('What to understand').selectOption({ label: 'delighted' });
      await page.getByRole('img', { name: 'Importance and performance: delighted' }).waitFor();

      await page.getByRole('link', { name: 'Scores', exact: true }).click();
      await page.getByRole('button', { name: 'Metrics…' }).click();
      await page.getByRole('button', { name: 'Delete the metric delighted' }).click();
      await page.getByRole('button', { name: 'Confirm that the metric delighted is deleted' }).click();
      await page.getByText('answers of 5', { exact: true }).waitFor({ state: 'detached' });
      assert.equal((await ask('/api/v1/metrics')).metrics.length, 4);
    }),
};
