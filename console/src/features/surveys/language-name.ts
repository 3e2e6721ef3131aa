import { useCallback } from 'react';
import { useFormat } from '@/ui/use-format';

/** How a language is called in the language of the reader; its code where that is not known. */
export function useLanguageName(): (code: string) => string {
  const { language } = useFormat();
  return useCallback(
    (code) => {
      try {
        const name = new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code;
        return name.charAt(0).toUpperCase() + name.slice(1);
      } catch {
        // What somebody is just typing is no code yet.
        return code;
      }
    },
    [language],
  );
}
