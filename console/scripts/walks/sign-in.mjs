import { key, walkFrom } from '../browser.mjs';

export const walks = {
  'a wrong key is told so, a right one opens the door': () =>
    walkFrom(
      '/',
      async (page) => {
        await page.getByRole('button', { name: 'Come in with a key' }).click();
        await page.getByRole('textbox', { name: 'Key' }).fill('viv_wrong');
        await page.keyboard.press('Enter');
        await page.getByText('The server does not know this key').waitFor();
        await page.getByRole('textbox', { name: 'Key' }).fill(key);
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { level: 1, name: 'Café Alameda' }).waitFor();
      },
      { withKey: false },
    ),
};
