export const LANGUAGES = ['es', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_STORED_AS = 'vivencia.language';

export function isLanguage(value: unknown): value is Language {
  return value === 'es' || value === 'en';
}

/** The language chosen before, else the first of the browser's that the console speaks, else Spanish. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(LANGUAGE_STORED_AS);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((name) => name.slice(0, 2)).find(isLanguage) ?? 'es';
}

/** Spanish is always here, as the texts that every other language has; another one comes when somebody reads it. */
export const importEnglish = () => import('@/locales/en');
