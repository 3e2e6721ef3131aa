import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import phrase from '@/ui/phrase-choice.module.css';
import { Answer, LoadingLines } from '@/ui/states';
import classes from './explorer.module.css';
import { propertiesQuery } from './queries';
import { readStep } from './step-text';
import { useExplorerSearch } from './use-explorer';
import { segmentsQuery } from './use-segments';

/** Nothing, the channel, the unit, the kept segments, or a property of the first step. */
export function BreakdownForm({
  chosen,
  onChoose,
}: {
  chosen: string | undefined;
  onChoose: (by: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const { steps = [] } = useExplorerSearch();
  const { activity } = readStep(steps[0] ?? '');
  const query = useQuery(propertiesQuery(activity));
  const [property, setProperty] = useState<string | null>(null);
  const { data: kept } = useQuery(segmentsQuery);
  const hasSegments = (kept?.segments.length ?? 0) > 0;
  const ways = [undefined, 'channel', 'unit', ...(hasSegments ? (['segment'] as const) : [])] as const;
  return (
    <>
      <ul className={phrase.choices}>
        {ways.map((by) => (
          <li key={by ?? ''}>
            <button type="button" aria-pressed={by === chosen} onClick={() => onChoose(by)}>
              {t(`journeys.breakdown.words.${by ?? 'nothing'}`)}
            </button>
          </li>
        ))}
      </ul>
      <Answer query={query} loading={<LoadingLines lines={2} />}>
        {({ properties }) => (
          <form
            className={classes['condition-form']}
            onSubmit={(event) => {
              event.preventDefault();
              if (property !== null) onChoose(property);
            }}
          >
            <Select
              size="xs"
              label={t('journeys.breakdown.propertyOf', { activity })}
              placeholder={t('journeys.conditions.pick')}
              nothingFoundMessage={t('journeys.conditions.none')}
              searchable
              data={[...new Set(properties.map(({ name }) => name))].sort()}
              value={property}
              onChange={setProperty}
              comboboxProps={{ withinPortal: false }}
            />
            <Button type="submit" size="xs" disabled={property === null}>
              {t('journeys.breakdown.set')}
            </Button>
          </form>
        )}
      </Answer>
    </>
  );
}
