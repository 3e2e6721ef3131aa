import assert from 'node:assert/strict';
import { ask, settled, walkFrom } from '../browser.mjs';

/** As it was before somebody came. */
async function restore() {
  const { version } = await ask('/api/v1/topics');
  await ask('/api/v1/topics', { method: 'PUT', body: { version, topics: [] } });
}

export const walks = {
  'an analyst adds a topic, sees what it finds, and finds it among the comments': () =>
    walkFrom('/listening/topics', async (page) => {
      try {
        await settled(page);
        await page.getByRole('button', { name: 'New topic' }).click();
        await page.getByLabel('Name in Spanish').fill('Tarjeta regalo');
        await page.getByLabel('Name in English').fill('Gift card');
        await page.getByLabel('Expressions in Spanish').fill('café\nzzzz');
        await page.getByLabel('Examples in Spanish').fill('La espera fue larga');
        const draft = {
          id: 'gift_card',
          name: { es: 'Tarjeta regalo', en: 'Gift card' },
          expressions: { es: ['café', 'zzzz'] },
        };
        const { found } = await ask('/api/v1/topics/check', { method: 'POST', body: draft });
        assert.ok(found > 0, 'somebody speaks of it');
        const finds = page.getByRole('region', { name: 'What it finds' });
        await finds.getByText(`${found.toLocaleString('en-GB')} comments`).waitFor();
        await finds.getByText('It is not found in 1 of its examples').waitFor();
        await finds.getByRole('row', { name: 'zzzz none' }).waitFor();
        await page.getByLabel('Examples in Spanish').fill('El café estaba frío');
        await finds.getByText('It is not found in').waitFor({ state: 'detached' });
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByRole('region', { name: 'Of the organisation' }).getByText('Gift card').waitFor();
        await page
          .getByRole('link', { name: `${found.toLocaleString('en-GB')} comments` })
          .first()
          .click();
        await page.waitForURL(/topic=gift_card/);
        await page
          .getByText(`${found.toLocaleString('en-GB')} comments`)
          .first()
          .waitFor();
      } finally {
        await restore();
      }
    }),

  'a topic of the program is hidden and left as it was': () =>
    walkFrom('/listening/topics?topic=noise', async (page) => {
      try {
        await settled(page);
        await page.getByRole('switch', { name: 'Do not use this topic' }).click({ force: true });
        await page.getByText('would not be found any more').waitFor();
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('Hidden').waitFor();
        await page.getByRole('link', { name: 'Noise' }).click();
        await page.getByRole('button', { name: 'Leave it as the program brings it' }).click();
        await page.getByText('Removed. Comments are read again.').waitFor();
        await page.getByRole('button', { name: 'New topic' }).waitFor();
        assert.equal(await page.getByText('Hidden').count(), 0);
        const { topics } = await ask('/api/v1/topics');
        assert.ok(topics.every(({ is_hidden }) => !is_hidden));
      } finally {
        await restore();
      }
    }),
};
