import assert from 'node:assert/strict';
import { ask, at, PLANTED, walkFrom } from '../browser.mjs';

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

  'a dead letter is mended in place, after it was still wrong, and planted scripts stay text': async () => {
    const id = `mend-${Date.now()}`;
    const { key: secret } = await ask('/api/v1/keys', { method: 'POST', body: { name: id, scope: 'collect' } });
    const sent = await fetch(`${at}/v1/track`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${secret}:`)}` },
      body: JSON.stringify({ event: 'Shop Visited', messageId: id, properties: { note: PLANTED } }),
    });
    assert.equal(sent.status, 200);
    const { dead_letters: letters } = await ask(`/api/v1/dead-letters?source=${id}`);
    await walkFrom('/settings/sources?tab=dead', async (page) => {
      await page.getByRole('button', { name: `See and mend ${letters[0].id}` }).click();
      const text = page.getByRole('textbox', { name: 'The event' });
      const came = await text.inputValue();
      assert.ok(came.includes('<script>'));
      await text.fill(came.replace('{', '{ "userId": "null",'));
      await page.getByRole('button', { name: 'Send it mended' }).click();
      await page.getByText('It still cannot be read').waitFor();
      await text.fill(came.replace('{', '{ "userId": "walker-mended",'));
      await page.getByRole('button', { name: 'Send it mended' }).click();
      await page.getByText('It is an event now.').waitFor();
    });
  },

  'an event that arrives is seen at once, and a pause holds the list': async () => {
    const id = `live-${Date.now()}`;
    const { key: secret } = await ask('/api/v1/keys', { method: 'POST', body: { name: id, scope: 'collect' } });
    const send = (event) =>
      fetch(`${at}/v1/track`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${secret}:`)}` },
        body: JSON.stringify({ event, userId: 'walker-live' }),
      });
    await walkFrom('/settings/sources?tab=live', async (page) => {
      await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
      await send(`First ${id}`);
      await page.getByRole('cell', { name: `First ${id}` }).waitFor();
      await page.getByRole('button', { name: 'Pause' }).click();
      await send(`Second ${id}`);
      await page.waitForTimeout(1_500);
      assert.equal(await page.getByRole('cell', { name: `Second ${id}` }).count(), 0);
      await page.getByRole('button', { name: 'Go on live' }).click();
      await page.getByRole('cell', { name: `Second ${id}` }).waitFor();
    });
  },
};
