import { useTranslation } from 'react-i18next';
import { es } from '@/locales/es';

/** The reason of a refusal in the reader's language, by its code. */
export function useReason(): (code: string) => string {
  const { t } = useTranslation();
  const codes = es.collect.dead.codes;
  return (code) => (code in codes ? t(`collect.dead.codes.${code as keyof typeof codes}`) : code);
}
