import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNames } from '@/features/customers/use-names';
import { Answer, LoadingLines } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import classes from './channel-choices.module.css';
import { channelsQuery } from './channels';

/** The channels on which something happened, with how much; none chosen means all of them. */
export function ChannelChoices({
  label,
  chosen,
  onChoose,
}: {
  label: string;
  chosen: readonly string[];
  onChoose: (channels: string[]) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const query = useQuery(channelsQuery);
  return (
    <Answer
      query={query}
      loading={<LoadingLines lines={4} />}
      isEmpty={({ channels }) => channels.length === 0}
      empty={<p className={`small ${classes.none}`}>{t('frame.channels.none')}</p>}
    >
      {({ channels }) => {
        const busiest = [...channels].sort((a, b) => b.events - a.events || a.name.localeCompare(b.name));
        const known = new Set(busiest.map(({ name }) => name));
        // A channel of an old link that no event has any more can still be taken away.
        const all = [...busiest, ...chosen.filter((name) => !known.has(name)).map((name) => ({ name, events: 0 }))];
        return (
          <fieldset className={classes.choices}>
            <legend className="visually-hidden">{label}</legend>
            {all.map(({ name, events }) => (
              <Checkbox
                key={name}
                size="xs"
                checked={chosen.includes(name)}
                onChange={(event) =>
                  onChoose(
                    event.currentTarget.checked
                      ? [...chosen, name].sort()
                      : chosen.filter((channel) => channel !== name),
                  )
                }
                label={
                  <>
                    <span>{names.channel(name)}</span>
                    <span className="muted">{format.number(events)}</span>
                  </>
                }
                classNames={{
                  root: classes.choice,
                  body: classes.body,
                  labelWrapper: classes.wrap,
                  label: classes.label,
                }}
              />
            ))}
            <Button variant="subtle" size="compact-xs" disabled={chosen.length === 0} onClick={() => onChoose([])}>
              {t('frame.channels.clear')}
            </Button>
          </fieldset>
        );
      }}
    </Answer>
  );
}
