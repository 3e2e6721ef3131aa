import assert from 'node:assert/strict';
import { ask, walkFrom } from '../browser.mjs';

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
  'a customer is found, an event opened, a merge undone after its preview': () =>
    walkFrom('/customers', async (page) => {
      const merged = await someMergedCustomer();
      await page.getByRole('searchbox', { name: 'Find a customer' }).fill(merged);
      await page.keyboard.press('Enter');
      await page.getByRole('link', { name: /^cus_/ }).first().focus();
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
