import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { changeMe, onDoor, whoIsHere } from '@/api/session';
import { es } from '@/locales/es';
import { importEnglish, isLanguage, LANGUAGE_STORED_AS, type Language, preferredLanguage } from './preferred-language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof es };
    strictKeyChecks: true;
  }
}

async function load(language: Language) {
  if (language === 'es' || i18next.hasResourceBundle(language, 'translation')) return;
  const { en } = await importEnglish();
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
  localStorage.setItem(LANGUAGE_STORED_AS, language);
  await load(language);
  // Who has chosen another one meanwhile is not overruled by what took longer to come.
  if (localStorage.getItem(LANGUAGE_STORED_AS) === language) await i18next.changeLanguage(language);
}

/** Changes the language at once, and in the account of a person; throws when the account could not be told. */
export async function chooseLanguage(language: Language): Promise<void> {
  await speak(language);
  if (whoIsHere()?.kind === 'person') await changeMe({ language });
}
