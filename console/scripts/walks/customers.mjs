import assert from 'node:assert/strict';
import { ask, settled, walkFrom } from '../browser.mjs';

/** A customer with events and a merge that nobody has undone yet: each walk undoes one. */
async function someMergedCustomer() {
  for (let tried = 0; tried < 50; tried += 1) {
    const id = `cus_${100 + Math.floor(Math.random() * 1500)}`;
    const customer = await ask(`/api/v1/customers/${id}`).catch(() => null);
    if (customer?.events > 0 && customer.merges[0] && !customer.merges[0].undone_at) return customer.id;
  }
  throw new Error('no customer with a merge was found');
}

export const walks = {
  'a customer is found by words of the name, typed without accents, and by the arrow keys': () =>
    walkFrom('/customers', async (page) => {
      await page.getByText('Those known last come first').waitFor();
      const { customers } = await ask('/api/v1/customers?limit=1000');
      const wanted = customers.find((customer) => / /.test(customer.name ?? ''));
      const words = wanted.name
        .normalize('NFD')
        .replace(/\p{Diacritic}/gu, '')
        .toLowerCase()
        .split(' ')
        .map((word) => word.slice(0, 4));
      await page.getByRole('searchbox', { name: 'Find a customer' }).focus();
      await page.keyboard.type(words.toReversed().join(' '));
      await page.waitForURL(/q=/);
      const row = page.locator(`a[href^="/customers/${wanted.id}"]`);
      await row.waitFor();
      // The list is drawn anew when what was found for all the words comes.
      await settled(page);
      await page.keyboard.press('ArrowDown');
      for (let steps = 0; steps < 60; steps += 1) {
        if (await row.evaluate((link) => link === document.activeElement)) break;
        await page.keyboard.press('ArrowDown');
      }
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: wanted.name }).waitFor();
      await page.goBack();
      await row.waitFor();
    }),

  'the palette finds a customer by a word of the name': () =>
    walkFrom('/', async (page) => {
      const { customers } = await ask('/api/v1/customers?limit=1000');
      const { name } = customers.find((customer) => / /.test(customer.name ?? ''));
      await page.getByRole('heading', { level: 1, name: 'Café Alameda' }).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('textbox').waitFor();
      await page.keyboard.type(name);
      await page
        .getByRole('button', { name: new RegExp(name) })
        .first()
        .click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
    }),

  'a customer is found, an event opened, a merge undone after its preview': () =>
    walkFrom('/customers', async (page) => {
      const merged = await someMergedCustomer();
      await page.getByRole('searchbox', { name: 'Find a customer' }).fill(merged);
      await page.locator(`a[href^="/customers/${merged}"]`).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Everything lived' }).waitFor();
      const event = page.locator('[data-look="event"]').first();
      await event.focus();
      await page.keyboard.press('Enter');
      await page.getByText('Event id').waitFor();
      const before = await page.getByText(/^undone on/).count();
      await page.getByRole('button', { name: 'undo…' }).first().click();
      await page.getByText('This is how it would be').or(page.getByText('Nothing parts')).waitFor();
      await page.getByRole('button', { name: 'Undo the merge' }).click();
      await page.getByText('Merge undone').waitFor();
      await page.waitForTimeout(500);
      assert.ok((await page.getByText(/undone on/).count()) >= before);
    }),
};
