import assert from 'node:assert/strict';
import { ask, at, openContext, openPage, settled } from '../browser.mjs';
import { tabTo } from '../keyboard.mjs';

const PASSWORD = 'un café con leche y dos churros';
const HOME = '/journeys?view=map';
let made = 0;

const newEmail = () => {
  made += 1;
  return `walker-${Date.now()}-${made}@cafealameda.example`;
};

/** Somebody who has come in by invitation before. */
async function makePerson(role, language = 'en') {
  const email = newEmail();
  const { path } = await ask('/api/v1/invitations', { method: 'POST', body: { email, role } });
  const response = await fetch(`${at}/api/v1/invitations/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-vivencia': '1' },
    body: JSON.stringify({ token: path.split('#token=')[1], name: `Walker ${made}`, password: PASSWORD, language }),
  });
  assert.equal(response.status, 200);
  return { email, name: `Walker ${made}` };
}

/** Gives a walk as many browsers as it asks for, with nobody in them; nothing may go wrong behind any of their pages. */
async function inBrowsers(count, walk) {
  const contexts = await Promise.all(Array.from({ length: count }, () => openContext({ withKey: false })));
  try {
    const opened = await Promise.all(contexts.map(openPage));
    try {
      await walk(...opened.map(({ page }) => page));
    } catch (error) {
      const picture = process.env.VIVENCIA_FAILURE;
      for (const [number, { page }] of picture ? opened.entries() : [])
        await page.screenshot({ path: picture.replace('.png', `-${number}.png`) }).catch(() => {});
      throw error;
    }
    for (const { close } of opened) assert.deepEqual(await close(), []);
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
  }
}

const emailField = (page) => page.getByRole('textbox', { name: 'E-mail' });
const account = (page) => page.getByRole('button', { name: /^Account of/ });
const places = (page) => page.getByRole('navigation', { name: 'Places' }).getByRole('link').allTextContents();

/** By keyboard alone. */
async function signIn(page, email, password = PASSWORD) {
  await tabTo(page, emailField(page));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(email);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
}

async function comeIn(page, person, path = HOME) {
  await page.goto(at + path);
  await signIn(page, person.email);
  await account(page).waitFor();
  await settled(page);
}

/** Chooses from the menu of the account, by keyboard. */
async function choose(page, item) {
  await account(page).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem').first().waitFor();
  await tabTo(page, page.getByRole('menuitem', { name: item }), 'ArrowDown');
  await page.keyboard.press('Enter');
}

/** The owner invites by keyboard and reads the link, which is shown once. */
async function inviteByPage(page, email, role, unitLabel) {
  await tabTo(page, page.getByRole('button', { name: 'Invite' }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'E-mail' }).waitFor();
  await tabTo(page, dialog.getByRole('textbox', { name: 'E-mail' }));
  await page.keyboard.type(email);
  await tabTo(page, dialog.getByRole('radio', { checked: true }));
  await tabTo(page, dialog.getByRole('radio', { name: role }), 'ArrowDown');
  if (unitLabel) {
    await page.keyboard.press('Tab');
    await page.keyboard.type(unitLabel);
    await page.getByRole('option', { name: unitLabel, exact: true }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  }
  await tabTo(page, dialog.getByRole('button', { name: 'Make the link' }));
  await page.keyboard.press('Enter');
  const link = (await dialog.locator('code').textContent()).trim();
  assert.ok(link.startsWith(`${at}/invitation#token=viv_`), link);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await page.getByText(link).count(), 0);
  return link;
}

async function acceptByPage(page, link, name) {
  await page.goto(link);
  await page.getByRole('button', { name: 'Come in' }).waitFor();
  await tabTo(page, page.getByRole('textbox', { name: 'Name' }));
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await account(page).waitFor();
  await settled(page);
  assert.ok(!page.url().includes('token'), `the secret stays in the address: ${page.url()}`);
}

const takeAccessAway = async (owner, email) => {
  const row = owner.getByRole('row').filter({ hasText: email });
  await row.getByRole('button', { name: /^Take access away/ }).click();
  await row.getByRole('button', { name: /^Give access back/ }).waitFor();
};

export const walks = {
  'a wrong password is told, the right one opens the page that was asked for': () =>
    inBrowsers(1, async (page) => {
      const person = await makePerson('analyst');
      await page.goto(at + HOME);
      await signIn(page, person.email, 'not the password');
      await page.getByText('The e-mail or the password is not right').waitFor();
      assert.equal(await account(page).count(), 0);
      await signIn(page, person.email);
      await page.locator('.react-flow__node').first().waitFor();
      assert.ok(page.url().includes('/journeys'), page.url());
      await page.reload();
      await account(page).waitFor();
      assert.equal(await page.evaluate(() => document.cookie), '', 'no script may read a cookie of the door');
      const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
      assert.ok(!kept.includes('viv_') && !kept.includes(PASSWORD), kept);
    }),

  'who is here is said, and a session elsewhere is ended': () =>
    inBrowsers(2, async (page, elsewhere) => {
      const person = await makePerson('analyst');
      await comeIn(page, person);
      await comeIn(elsewhere, person);
      await account(page).click();
      for (const text of [person.name, person.email, 'Analyst'])
        await page.getByText(text, { exact: true }).first().waitFor();
      await page.keyboard.press('Escape');
      await choose(page, 'Open sessions');
      const dialog = page.getByRole('dialog');
      await dialog.getByText('This session').waitFor();
      await tabTo(page, dialog.getByRole('button', { name: 'End', exact: true }).first());
      await page.keyboard.press('Enter');
      await dialog.getByText('Last seen').first().waitFor();
      await dialog.getByRole('button', { name: 'End all others' }).click();
      await dialog.getByRole('button', { name: /^End/ }).first().waitFor({ state: 'detached' });
      await elsewhere.getByRole('link', { name: 'Customers', exact: true }).click();
      await elsewhere.getByText('The session has ended').waitFor();
      assert.equal(await account(page).count(), 1);
    }),

  'the language chosen and a new name stay with the account, wherever it comes in': () =>
    inBrowsers(2, async (page, elsewhere) => {
      const person = await makePerson('analyst', 'es');
      await page.goto(at + HOME);
      await signIn(page, person.email);
      await page.getByRole('button', { name: `Cuenta de ${person.name}` }).waitFor();
      await page.getByRole('button', { name: 'English' }).click();
      await account(page).waitFor();
      await settled(page);
      await choose(page, 'Change the name');
      const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name' });
      await name.fill('Ángela Ruiz');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Account of Ángela Ruiz' }).waitFor();
      await elsewhere.goto(at + HOME);
      await elsewhere.getByRole('button', { name: 'Español' }).click();
      await elsewhere.getByRole('textbox', { name: 'Correo' }).fill(person.email);
      await elsewhere.getByLabel('Contraseña', { exact: true }).fill(PASSWORD);
      await elsewhere.keyboard.press('Enter');
      await elsewhere.getByRole('button', { name: 'Account of Ángela Ruiz' }).waitFor();
    }),

  'a new password is chosen, and leaving leaves nothing behind': () =>
    inBrowsers(1, async (page) => {
      const person = await makePerson('analyst');
      await comeIn(page, person);
      await choose(page, 'Change the password');
      const dialog = page.getByRole('dialog');
      await tabTo(page, dialog.getByRole('textbox', { name: 'Current password' }));
      await page.keyboard.type('not the password');
      await tabTo(page, dialog.getByRole('textbox', { name: 'New password' }));
      await page.keyboard.type('otra frase bien distinta');
      await page.keyboard.press('Enter');
      await dialog.getByRole('alert').waitFor();
      await dialog.getByRole('textbox', { name: 'Current password' }).fill(PASSWORD);
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await choose(page, 'Leave');
      await page.getByText('Signed out').waitFor();
      await page.reload();
      await emailField(page).waitFor();
      await signIn(page, person.email);
      await page.getByText('The e-mail or the password is not right').waitFor();
      await signIn(page, person.email, 'otra frase bien distinta');
      await account(page).waitFor();
    }),

  'what a form refuses is said in the language of who fills it in': () =>
    inBrowsers(1, async (page) => {
      const owner = await makePerson('owner', 'es');
      await page.goto(`${at}/settings/people`);
      await signIn(page, owner.email);
      await page.getByRole('button', { name: 'Invitar' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Correo' }).fill(owner.email);
      await dialog.getByRole('button', { name: 'Crear el enlace' }).click();
      await dialog.getByText('Ya hay una persona con este correo.').waitFor();
    }),

  'an analyst is invited, comes in, sees what analysts see, and is thrown out': () =>
    inBrowsers(2, async (owner, invited) => {
      await comeIn(owner, await makePerson('owner'), '/settings/people');
      const email = newEmail();
      const link = await inviteByPage(owner, email, 'Analyst');
      await acceptByPage(invited, link, 'Eva Molina');
      const found = await places(invited);
      assert.ok(found.includes('Customers') && found.includes('Journeys'), `${found}`);
      assert.ok(!found.includes('Sources') && !found.includes('People'), `${found}`);
      for (const path of ['/settings/people', '/settings/sources']) {
        await invited.goto(at + path);
        await settled(invited);
        await invited.getByText('This account may not see it').first().waitFor();
      }
      await owner.reload();
      await owner.getByRole('row').filter({ hasText: email }).waitFor();
      await invited.goto(at + HOME);
      await settled(invited);
      await takeAccessAway(owner, email);
      await invited.getByRole('link', { name: 'Customers', exact: true }).click();
      await emailField(invited).waitFor();
      await signIn(invited, email);
      await invited.getByText('The e-mail or the password is not right').waitFor();
      await invited.goto(link);
      await invited.getByText('This link does not work any more').waitFor();
    }),

  'a shop manager is invited, sees one unit and nobody by name': () =>
    inBrowsers(2, async (owner, invited) => {
      await comeIn(owner, await makePerson('owner'), '/settings/people');
      const { units } = await ask('/api/v1/units');
      const unit = units.find((each) => each.kind === 'shop' && each.is_seen && each.is_in_tree);
      const email = newEmail();
      await acceptByPage(invited, await inviteByPage(owner, email, 'Shop manager', unit.label), 'Leo Vidal');
      const found = await places(invited);
      assert.ok(!found.includes('Sources') && !found.includes('People'), `${found}`);
      await account(invited).click();
      await invited.getByText(`Shop manager · ${unit.label}`).waitFor();
      await invited.keyboard.press('Escape');
      const { customers } = await invited.evaluate(async () => (await fetch('/api/v1/customers')).json());
      assert.ok(customers.length > 0, 'nobody was at the unit');
      for (const { id } of customers.slice(0, 3)) {
        const { traits, identifiers } = await ask(`/api/v1/customers/${id}`);
        const told = traits.filter(({ name }) => ['name', 'email', 'phone'].includes(name)).map(({ value }) => value);
        const secrets = [...told, ...identifiers.map(({ value }) => value)].filter((value) => `${value}`.length > 5);
        for (const path of [`/customers/${id}`, '/customers', `/customers?q=${id}`]) {
          await invited.goto(at + path);
          await settled(invited);
          const text = await invited.locator('body').innerText();
          for (const secret of secrets) assert.ok(!text.includes(secret), `${path} tells ${secret}`);
        }
      }
      await owner.reload();
      await takeAccessAway(owner, email);
      await invited.goto(at + HOME);
      await emailField(invited).waitFor();
    }),
};
