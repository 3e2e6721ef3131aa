import assert from 'node:assert/strict';
import { at, PLANTED, walkFrom } from '../browser.mjs';

export const walks = {
  'a file is dropped, understood, corrected and brought in; planted scripts stay text': () =>
    walkFrom('/settings/sources?tab=import', async (page) => {
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
      await page.goto(`${at}/journeys?view=map&detail=100`);
      await page.locator('.react-flow__node').first().waitFor();
      await page.goto(`${at}/journeys?view=map&table=true`);
      await page.getByText(PLANTED).first().waitFor();
      await page.goto(`${at}/journeys?view=paths&start=${encodeURIComponent(PLANTED)}`);
      await page.waitForTimeout(800);
      await page.goto(`${at}/settings/sources?tab=dead`);
      await page.getByText('The time cannot be read').first().waitFor();
    }),

  'a key is made, shown once and revoked': () =>
    walkFrom('/settings/sources', async (page) => {
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
    }),

  'what was refused is read again on demand': () =>
    walkFrom('/settings/sources?tab=dead', async (page) => {
      await page.getByRole('switch', { name: 'See what was received' }).focus();
      await page.keyboard.press('Space');
      await page.locator('pre').first().waitFor();
      await page.getByRole('button', { name: 'Read all again' }).click();
      await page.getByText(/still cannot be read\./).waitFor();
    }),
};
