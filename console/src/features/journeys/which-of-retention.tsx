import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAsk, useExplorerSearch } from './use-explorer';

/** The two pictures of coming back: by cohorts, or by who is new, stays, comes back and stays away. */
export function WhichOfRetention() {
  const { t } = useTranslation();
  const { lifeCycle } = useExplorerSearch();
  const ask = useAsk();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('journeys.retention.which')}
      value={lifeCycle ? 'lifeCycle' : 'cohorts'}
      onChange={(value) => ask({ lifeCycle: value === 'lifeCycle' ? true : undefined }, { replace: true })}
      data={[
        { value: 'cohorts', label: t('journeys.retention.whiches.cohorts') },
        { value: 'lifeCycle', label: t('journeys.retention.whiches.lifeCycle') },
      ]}
    />
  );
}
