import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { changeMe, onDoor, whoIsHere } from '@/api/session';
import { es } from '@/locales/es';

export const LANGUAGES = ['es', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED_AS = 'vivencia.language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof es };
    strictKeyChecks: true;
  }
}

function isLanguage(value: unknown): value is Language {
  return value === 'es' || value === 'en';
}

/** The language chosen before, else the first of the browser's that the console speaks, else Spanish. */
function preferredLanguage(): Language {
  const chosen = localStorage.getItem(STORED_AS);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((name) => name.slice(0, 2)).find(isLanguage) ?? 'es';
}

/** Spanish is always here, as the texts that every other language has; another one comes when somebody reads it. */
async function load(language: Language) {
  if (language === 'es' || i18next.hasResourceBundle(language, 'translation')) return;
  const { en } = await import('@/locales/en');
  i18next.addResourceBundle('en', 'translation', en);
}

export async function startLanguage() {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  const language = preferredLanguage();
  await i18next.use(initReactI18next).init({
    lng: 'es',
    fallbackLng: 'es',
    resources: { es: { translation: es } },
    interpolation: { escapeValue: false },
  });
  // A page in Spanish is better than none.
  await load(language).catch(() => undefined);
  if (language !== 'es') await i18next.changeLanguage(language);
  takeLanguageOfPerson();
  onDoor(takeLanguageOfPerson);
}

let taken = '';

/** Whoever signs in finds the console in the language of their account; what they choose here meanwhile is not undone by it. */
function takeLanguageOfPerson() {
  const me = whoIsHere();
  const found = `${me?.user} ${me?.language}`;
  if (found === taken) return;
  taken = found;
  if (isLanguage(me?.language) && me.language !== i18next.language) void speak(me.language);
}

async function speak(language: Language) {
  localStorage.setItem(STORED_AS, language);
  await load(language);
  // Who has chosen another one meanwhile is not overruled by what took longer to come.
  if (localStorage.getItem(STORED_AS) === language) await i18next.changeLanguage(language);
}

/** Changes the language at once, and in the account of a person; throws when the account could not be told. */
export async function chooseLanguage(language: Language): Promise<void> {
  await speak(language);
  if (whoIsHere()?.kind === 'person') await changeMe({ language });
}
