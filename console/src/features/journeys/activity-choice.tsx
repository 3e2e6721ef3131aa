import { Combobox, ScrollArea, TextInput, useCombobox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/ui/icons';
import { Answer } from '@/ui/states';
import { activitiesQuery } from './queries';

/** No activity has an empty name. */
const ANY = '';

/** Chooses one of the activities that customers have done, by typing a part of its name. */
export function ActivityChoice({
  anyText,
  onAny,
  onChoose,
}: {
  anyText: string;
  /** Where any activity will do. */
  onAny?: () => void;
  onChoose: (activity: string) => void;
}) {
  const { t } = useTranslation();
  const combobox = useCombobox({ opened: true });
  const [typed, setTyped] = useState('');
  const activities = useQuery(activitiesQuery);
  const wanted = typed.trim().toLowerCase();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the first match is taken by Enter whenever what is typed changes
  useEffect(() => {
    combobox.selectFirstOption();
  }, [typed, activities.data]);

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(chosen) => (chosen === ANY ? onAny?.() : onChoose(chosen))}
      withinPortal={false}
    >
      <Combobox.EventsTarget>
        <TextInput
          size="xs"
          w={250}
          data-autofocus
          leftSection={<Icon name="search" size={14} />}
          placeholder={t('journeys.sentence.search')}
          aria-label={t('journeys.sentence.search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <Answer query={activities}>
        {({ activities: all }) => {
          const matching = all.filter(
            (each) => each.is_seen && !each.alias_of && each.name.toLowerCase().includes(wanted),
          );
          return (
            <Combobox.Options mt={6}>
              <ScrollArea.Autosize mah={280} type="auto">
                {onAny && wanted === '' && (
                  <Combobox.Option value={ANY} fz={13} fs="italic">
                    {anyText}
                  </Combobox.Option>
                )}
                {matching.map(({ name }) => (
                  <Combobox.Option key={name} value={name} fz={13}>
                    {name}
                  </Combobox.Option>
                ))}
                {matching.length === 0 && <Combobox.Empty>{t('journeys.sentence.none')}</Combobox.Empty>}
              </ScrollArea.Autosize>
            </Combobox.Options>
          );
        }}
      </Answer>
    </Combobox>
  );
}
