import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { segmentsQuery } from '@/features/journeys/use-segments';

/** Of everybody or of a segment; nothing to choose where there is none. */
export function SegmentChoice({
  segment,
  onChoose,
}: {
  segment: string | undefined;
  onChoose: (segment: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const segments = useQuery(segmentsQuery).data?.segments ?? [];
  if (segments.length === 0 && segment === undefined) return null;
  return (
    <NativeSelect
      aria-label={t('journeys.segments.label')}
      value={segment ?? ''}
      onChange={(event) => onChoose(event.currentTarget.value || undefined)}
      data={[
        { value: '', label: t('listening.everybody') },
        ...(segment !== undefined && !segments.some(({ id }) => id === segment) ? [segment] : []),
        ...segments.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
