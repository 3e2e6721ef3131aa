import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { SHIPPED_METRICS } from './search-params';

/** How a metric is called: those that come with the program by their names in the reader's language, others by their own. */
export function useMetricName(): (metric: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (metric) => {
      const shipped = SHIPPED_METRICS.find((each) => each === metric);
      return shipped ? t(`listening.metrics.${shipped}`) : metric;
    },
    [t],
  );
}
