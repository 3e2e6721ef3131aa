import { ask, walkFrom } from '../browser.mjs';

export const walks = {
  'a unit is added, moved and taken out; what hangs under it keeps it in': () =>
    walkFrom('/settings/organisation?part=units', async (page) => {
      const name = `walk-${Date.now()}`;
      const add = async (unit, parent) => {
        await page.getByRole('button', { name: 'New unit' }).click();
        await page.getByRole('textbox', { name: 'Name in events' }).fill(unit);
        if (parent) {
          await page
            .getByRole('combobox', { name: 'Below' })
            .or(page.getByRole('textbox', { name: 'Below' }))
            .fill(parent);
          await page.getByRole('option', { name: parent }).click();
        }
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByRole('cell', { name: unit, exact: true }).first().waitFor();
      };
      await add(name);
      await add(`${name}-below`, name);
      await page.getByRole('button', { name: `Remove “${name}”` }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
      await page.getByRole('dialog').getByRole('alert').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      for (const unit of [`${name}-below`, name]) {
        await page.getByRole('button', { name: `Remove “${unit}”` }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      await page.getByRole('button', { name: `Remove “${name}”` }).waitFor({ state: 'detached' });
    }),

  'the name of the organisation is changed and changed back': async () => {
    const { name } = await ask('/api/v1/organisation');
    try {
      await walkFrom('/settings/organisation', async (page) => {
        await page.getByRole('textbox', { name: 'Name' }).fill('Walked');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('Saved').waitFor();
      });
    } finally {
      await ask('/api/v1/organisation', { method: 'PATCH', body: { name } });
    }
  },
};
