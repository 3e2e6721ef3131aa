import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/session';
import { MetricsDialog } from './metrics-dialog';
import { SHIPPED_METRICS } from './search-params';
import { useMetricName } from './use-metric-name';
import { useOwnMetrics } from './use-metrics';

/** Names that stand beside each other. */
const MOST_BESIDE = 5;

/** Which metric, and the way to those of one's own. */
export function MetricChoice({ metric, onChoose }: { metric: string; onChoose: (metric: string) => void }) {
  const { t } = useTranslation();
  const may = useMay()('manage_scores');
  const nameOf = useMetricName();
  const own = useOwnMetrics();
  const [isOpen, setOpen] = useState(false);
  const known: string[] = [...SHIPPED_METRICS, ...own.map(({ name }) => name)];
  const data = (known.includes(metric) ? known : [...known, metric]).map((value) => ({ value, label: nameOf(value) }));
  return (
    <>
      {data.length <= MOST_BESIDE ? (
        <SegmentedControl aria-label={t('listening.metric')} value={metric} onChange={onChoose} data={data} />
      ) : (
        <NativeSelect
          aria-label={t('listening.metric')}
          value={metric}
          onChange={(event) => onChoose(event.currentTarget.value)}
          data={data}
        />
      )}
      {(may || own.length > 0) && (
        <Button variant="default" size="xs" onClick={() => setOpen(true)} data-look="metrics">
          {t('listening.own.open')}
        </Button>
      )}
      {isOpen && (
        <MetricsDialog
          onChoose={(chosen) => {
            setOpen(false);
            onChoose(chosen);
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
