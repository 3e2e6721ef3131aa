// Sets a fresh installation up in Chromium, by keyboard, and checks that the console shows what was asked.
// usage: VIVENCIA_AT=http://127.0.0.1:8080 VIVENCIA_KEY=- node scripts/first-run.mjs --token viv_… --language es [--out looks]
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { at, browser, openContext, openPage, settled } from './browser.mjs';
import { tabTo } from './keyboard.mjs';
import { violationsOf } from './violations.mjs';

const { values: given } = parseArgs({
  options: {
    token: { type: 'string' },
    language: { type: 'string' },
    width: { type: 'string' },
    out: { type: 'string' },
  },
});

const PASSWORD = 'un café con leche y dos churros';
const TEXTS = {
  es: {
    title: 'Empezar con Vivencia',
    organisation: 'Nombre de la organización',
    zone: 'Zona horaria',
    week: /semana/,
    sunday: 'domingo',
    currency: /^Moneda/,
    name: 'Nombre',
    email: 'Correo',
    password: 'Contraseña',
    over: 'Aquí ya está todo preparado',
    account: 'Cuenta de Ana Ruiz',
    language: 'Idioma',
    languages: 'Español',
    incomplete: 'Falta la dirección completa',
  },
  en: {
    title: 'Begin with Vivencia',
    organisation: 'Name of the organisation',
    zone: 'Time zone',
    week: /weeks? /i,
    sunday: 'Sunday',
    currency: /^Currency/,
    name: 'Name',
    email: 'E-mail',
    password: 'Password',
    over: 'Everything is ready here',
    account: 'Account of Ana Ruiz',
    language: 'Language',
    languages: 'English',
    incomplete: 'The address is not whole',
  },
};
const texts = TEXTS[given.language];

async function look(page, name) {
  await settled(page);
  if (given.out) await page.screenshot({ path: `${given.out}/${name}.png`, fullPage: true });
  assert.deepEqual(await violationsOf(page), [], name);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${name} is ${overflow} px wider than the window`);
}

const field = (page, label) =>
  page
    .getByRole('textbox', { name: label, exact: true })
    .or(page.getByRole('combobox', { name: label, exact: true }))
    .first();

async function type(page, label, text) {
  await tabTo(page, field(page, label));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

/** From a list that opens under its field. */
async function pick(page, label, option) {
  await tabTo(page, field(page, label));
  if (await field(page, label).evaluate((input) => !input.readOnly)) {
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(option);
  } else {
    await page.keyboard.press('Enter');
  }
  const wanted = page.getByRole('option', { name: option, exact: true });
  await wanted.waitFor();
  for (let step = 0; step < 10; step += 1) {
    if (await wanted.evaluate((element) => element.hasAttribute('data-combobox-selected'))) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  assert.equal(await field(page, label).inputValue(), option);
}

async function setUp(page) {
  await page.goto(`${at}/setup`);
  await page.getByRole('heading', { name: texts.incomplete }).waitFor();
  await look(page, 'incomplete');
  await page.goto(`${at}/`);
  await page.goto(`${at}/setup#token=${given.token}`);
  await page.getByRole('heading', { name: texts.title }).waitFor();
  await look(page, 'begin');
  await type(page, texts.organisation, 'Café Nuevo');
  await pick(page, texts.zone, 'America/Mexico_City');
  await pick(page, texts.week, texts.sunday);
  await pick(page, texts.currency, 'MXN');
  await type(page, texts.name, 'Ana Ruiz');
  await type(page, texts.email, 'ana@nuevo.example');
  await type(page, texts.password, 'Ana@nuevo.example');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await look(page, 'refused');
  await type(page, texts.password, PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: texts.account }).waitFor();
  assert.ok(!page.url().includes('token'), `the secret stays in the address: ${page.url()}`);
  await look(page, 'home');
}

/** The page of the organisation shows what was asked. */
async function check(page) {
  await page.goto(`${at}/settings/organisation`);
  await settled(page);
  const shown = (label) => page.locator('main input').and(page.getByLabel(label)).first().inputValue();
  assert.equal(await shown(texts.name), 'Café Nuevo');
  assert.equal(await shown(texts.zone), 'America/Mexico_City');
  assert.equal(await shown(texts.week), texts.sunday);
  assert.match(await shown(texts.currency), /^MXN/);
  assert.equal(await shown(texts.language), texts.languages);
  await look(page, 'organisation');
  await page.goto(`${at}/setup#token=${given.token}`);
  await page.getByRole('heading', { name: texts.over }).waitFor();
  await look(page, 'over');
}

const context = await openContext({ language: given.language, width: Number(given.width ?? 1280), withKey: false });
const { page, close } = await openPage(context);
let failed = 0;
try {
  await setUp(page);
  await check(page);
  assert.deepEqual(await close(), []);
  console.log('done');
} catch (error) {
  failed = 1;
  if (given.out) await page.screenshot({ path: `${given.out}/failure.png` }).catch(() => {});
  console.log(`FAILED  ${error.stack}`);
}
await browser.close();
process.exit(failed);
