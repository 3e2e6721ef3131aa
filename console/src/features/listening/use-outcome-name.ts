import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { OUTCOMES } from './search-params';

/** How what is moved is called; a metric of one's own by its name. */
export function useOutcomeName(): (outcome: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (outcome) => {
      const known = OUTCOMES.find((each) => each === outcome);
      return known ? t(`listening.drivers.outcomes.${known}`) : outcome;
    },
    [t],
  );
}
