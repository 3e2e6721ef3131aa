import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Metric } from '@/api/client';
import { useMay } from '@/api/session';
import { Dialog } from '@/ui/dialog';
import { Answer, EmptyState, LoadingLines, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import listening from './listening.module.css';
import { MetricForm } from './metric-form';
import classes from './metrics.module.css';
import { metricsQuery } from './queries';
import { useFormulaText } from './use-formula-text';
import { useMetricName } from './use-metric-name';

/** All metrics with what they say and where that comes from; those of one's own are defined here. */
export function MetricsDialog({ onChoose, onClose }: { onChoose: (metric: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay()('manage_scores');
  const metrics = useQuery(metricsQuery);
  const [written, setWritten] = useState<Metric | 'new' | null>(null);
  if (written)
    return (
      <Dialog title={written === 'new' ? t('listening.own.add') : written.name} onClose={onClose}>
        <MetricForm metric={written === 'new' ? null : written} onSaved={onChoose} onCancel={() => setWritten(null)} />
      </Dialog>
    );
  return (
    <Dialog title={t('listening.own.title')} onClose={onClose}>
      <p className="muted">{t('listening.own.say')}</p>
      <Answer
        query={metrics}
        loading={<LoadingLines lines={6} />}
        isEmpty={(found) => found.metrics.length === 0}
        empty={<EmptyState title={t('listening.own.title')} />}
      >
        {(found) => (
          <ul className={listening.examples}>
            {found.metrics.map((metric) => (
              <Row
                key={metric.name}
                metric={metric}
                onEdit={may && metric.is_own ? () => setWritten(metric) : undefined}
              />
            ))}
          </ul>
        )}
      </Answer>
      {may && (
        <div>
          <Button onClick={() => setWritten('new')} data-look="new-metric">
            {t('listening.own.add')}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function Row({ metric, onEdit }: { metric: Metric; onEdit: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const nameOf = useMetricName();
  const formulaText = useFormulaText();
  const queries = useQueryClient();
  const [isSure, setSure] = useState(false);
  const remove = useMutation({
    mutationFn: async () => {
      await api.DELETE('/api/v1/metrics/{name}', { params: { path: { name: metric.name } } });
    },
    onSuccess: () => void queries.invalidateQueries(),
  });
  return (
    <li>
      <div className={classes.said}>
        <h3>{nameOf(metric.name)}</h3>
        <p>{metric.definition[language === 'es' ? 'es' : 'en']}</p>
        <p className="small">
          {formulaText(metric)} · <code>{metric.property}</code> · {metric.source}
        </p>
        {remove.isError && <ProblemState error={remove.error} isChange />}
      </div>
      {onEdit && (
        <div className={classes.actions}>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={t('listening.own.editOne', { metric: metric.name })}
            onClick={onEdit}
          >
            {t('listening.annotations.edit')}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color={isSure ? 'red' : undefined}
            loading={remove.isPending}
            aria-label={t(isSure ? 'listening.own.removeSure' : 'listening.own.removeOne', { metric: metric.name })}
            onClick={() => (isSure ? remove.mutate() : setSure(true))}
            onBlur={() => setSure(false)}
          >
            {isSure ? t('listening.own.sure') : t('listening.annotations.remove')}
          </Button>
        </div>
      )}
    </li>
  );
}
