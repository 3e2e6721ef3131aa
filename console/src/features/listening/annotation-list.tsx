import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Annotation, api } from '@/api/client';
import { useMay } from '@/api/session';
import { useNames } from '@/features/customers/use-names';
import { useUnitLabel } from '@/features/organisation/queries';
import { ProblemState } from '@/ui/states';
import { type Format, useFormat } from '@/ui/use-format';
import { AnnotationDialog } from './annotation-dialog';
import { kindOf } from './annotations';
import classes from './annotations.module.css';
import listening from './listening.module.css';

/** On which days something happened. */
export function daysText({ first_day, last_day }: Annotation, format: Format): string {
  const first = format.day(first_day, first_day.slice(0, 4) !== last_day.slice(0, 4));
  return first_day === last_day ? format.day(first_day) : `${first} – ${format.day(last_day)}`;
}

/** What happened to the company meanwhile, with the numbers of the trend; those who may say what happened do so here. */
export function AnnotationList({ annotations }: { annotations: readonly Annotation[] }) {
  const { t } = useTranslation();
  const may = useMay()('manage_scores');
  const [edited, setEdited] = useState<Annotation | 'new' | null>(null);
  if (annotations.length === 0 && !may) return null;
  return (
    <div className={classes.annotations}>
      <div className={listening.head}>
        <h3>{t('listening.annotations.title')}</h3>
        {may && (
          <Button size="xs" variant="default" onClick={() => setEdited('new')} data-look="new-annotation">
            {t('listening.annotations.add')}
          </Button>
        )}
      </div>
      {annotations.length === 0 ? (
        <p className="small">{t('listening.annotations.none')}</p>
      ) : (
        <>
          <ol className={classes.list}>
            {annotations.map((annotation) => (
              <Row key={annotation.id} annotation={annotation} onEdit={may ? () => setEdited(annotation) : undefined} />
            ))}
          </ol>
          <p className="small">{t('listening.annotations.say')}</p>
        </>
      )}
      {edited && <AnnotationDialog annotation={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </div>
  );
}

function Row({ annotation, onEdit }: { annotation: Annotation; onEdit: (() => void) | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const unitLabel = useUnitLabel();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: async () => {
      await api.DELETE('/api/v1/annotations/{id}', { params: { path: { id: annotation.id } } });
    },
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['scores'] }),
  });
  const about = [
    ...(annotation.channel ? [names.channel(annotation.channel)] : []),
    ...(annotation.unit ? [unitLabel(annotation.unit)] : []),
  ];
  return (
    <li>
      <span className={classes.said}>
        <b>{annotation.text}</b>{' '}
        <span className="small">
          {[t(`listening.annotations.kinds.${kindOf(annotation)}`), daysText(annotation, format), ...about].join(' · ')}
        </span>
        {remove.isError && <ProblemState error={remove.error} isChange />}
      </span>
      {onEdit && (
        <span className={classes.actions}>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={t('listening.annotations.editOne', { text: annotation.text })}
            onClick={onEdit}
          >
            {t('listening.annotations.edit')}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            loading={remove.isPending}
            aria-label={t('listening.annotations.removeOne', { text: annotation.text })}
            onClick={() => remove.mutate()}
          >
            {t('listening.annotations.remove')}
          </Button>
        </span>
      )}
    </li>
  );
}
