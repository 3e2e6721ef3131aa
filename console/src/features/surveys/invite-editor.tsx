import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { isObject, type Json, type Place, placeText, valueAt, withValue } from './document';
import classes from './editor.module.css';
import { useEditing, useProblemAt } from './editor-context';
import { Forecast } from './forecast';
import { daysOf, OCCASIONS, occasionOf, withOccasion } from './inviting';
import { useProblemWords } from './problems';
import { activityNamesQuery, segmentNamesQuery } from './queries';

/** Whom the survey invites by itself and when, and beside it how many answers that may bring. */
export function Inviting({ isSound }: { isSound: boolean }) {
  const { t } = useTranslation();
  const { file, change } = useEditing();
  const occasion = occasionOf(file);
  return (
    <section className={classes.section} data-inviting>
      <h2>{t('surveys.inviting.title')}</h2>
      <NativeSelect
        label={t('surveys.inviting.when')}
        description={t('surveys.inviting.whenSay')}
        value={occasion ?? ''}
        onChange={(event) => {
          const chosen = OCCASIONS.find((each) => each === event.currentTarget.value);
          if (chosen) change(withOccasion(file, chosen));
        }}
        data={[
          ...(occasion === null ? [{ value: '', label: t('surveys.inviting.other') }] : []),
          ...OCCASIONS.map((value) => ({ value, label: t(`surveys.inviting.occasions.${value}`) })),
        ]}
      />
      {occasion !== null && occasion !== 'nobody' && (
        <div className={classes.inviting}>
          <div className={classes.section}>
            {occasion === 'event' && <AfterEvent />}
            {occasion === 'moments' && (
              <NumberField place={['invite', 'when', 'every_days']} name="everyDays" min={7} max={730} />
            )}
            {occasion === 'days' && <OnDays />}
            <Audience />
          </div>
          <Forecast file={file} isSound={isSound} />
        </div>
      )}
    </section>
  );
}

type FieldName = 'everyDays' | 'afterMinutes' | 'hour' | 'share' | 'priority';

function NumberField({
  place,
  name,
  min,
  max,
  unlessTold,
}: {
  place: Place;
  name: FieldName;
  min: number;
  max: number;
  /** What counts where the file says nothing. */
  unlessTold?: number;
}) {
  const { t } = useTranslation();
  const { file, change } = useEditing();
  const problem = useProblemAt()(place);
  const words = useProblemWords();
  const value = valueAt(file, place);
  return (
    <NumberInput
      label={t(`surveys.inviting.${name}`)}
      min={min}
      max={max}
      allowDecimal={false}
      value={typeof value === 'number' ? value : (unlessTold ?? '')}
      error={problem && words(problem)}
      onChange={(typed) =>
        change(
          withValue(file, place, typeof typed === 'number' && typed !== unlessTold ? typed : undefined),
          placeText(place),
        )
      }
    />
  );
}

function AfterEvent() {
  const { t } = useTranslation();
  const { file, change } = useEditing();
  const problemAt = useProblemAt();
  const words = useProblemWords();
  const activities = useQuery(activityNamesQuery);
  const list = useId();
  const text = (member: string) => {
    const value = valueAt(file, ['invite', 'when', member]);
    return typeof value === 'string' ? value : '';
  };
  const wrong = problemAt(['invite', 'when', 'event']);
  const conditions = valueAt(file, ['invite', 'when', 'where']);
  return (
    <>
      <TextInput
        label={t('surveys.inviting.event')}
        list={list}
        value={text('event')}
        error={wrong && text('event') !== '' && words(wrong)}
        onChange={(event) => change(withValue(file, ['invite', 'when', 'event'], event.currentTarget.value), 'event')}
      />
      <datalist id={list}>
        {(activities.data ?? []).map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className={classes.row}>
        <TextInput
          label={t('surveys.inviting.channel')}
          description={t('surveys.inviting.channelSay')}
          value={text('channel')}
          onChange={(event) =>
            change(withValue(file, ['invite', 'when', 'channel'], event.currentTarget.value || undefined), 'channel')
          }
        />
        <NumberField
          place={['invite', 'when', 'after_minutes']}
          name="afterMinutes"
          min={0}
          max={43_200}
          unlessTold={0}
        />
      </div>
      {Array.isArray(conditions) && conditions.length > 0 && (
        <p className="small">
          {t('surveys.inviting.where')} <code>{JSON.stringify(conditions)}</code>
        </p>
      )}
    </>
  );
}

function OnDays() {
  const { t } = useTranslation();
  const { file, change } = useEditing();
  const problem = useProblemAt()(['invite', 'when', 'days']);
  const words = useProblemWords();
  const days = valueAt(file, ['invite', 'when', 'days']);
  return (
    <div className={classes.row}>
      <TextInput
        label={t('surveys.inviting.days')}
        description={t('surveys.inviting.daysSay')}
        defaultValue={Array.isArray(days) ? days.join(', ') : ''}
        error={problem && words(problem)}
        onChange={(event) =>
          change(withValue(file, ['invite', 'when', 'days'], daysOf(event.currentTarget.value)), 'days')
        }
      />
      <NumberField place={['invite', 'when', 'hour']} name="hour" min={0} max={23} unlessTold={10} />
    </div>
  );
}

/** Who is asked of those to whom it happens, and how often. */
function Audience() {
  const { t } = useTranslation();
  const { file, change } = useEditing();
  const segments = useQuery(segmentNamesQuery);
  const invite = valueAt(file, ['invite']);
  const segment: Json | undefined = isObject(invite) ? invite.segment : undefined;
  const chosen = typeof segment === 'string' ? segment : '';
  const names = segments.data ?? [];
  return (
    <>
      <NativeSelect
        label={t('surveys.inviting.segment')}
        value={chosen}
        onChange={(event) =>
          change(
            withValue(
              file,
              ['invite', 'segment'],
              event.currentTarget.value === '' ? undefined : event.currentTarget.value,
            ),
          )
        }
        data={[
          { value: '', label: t('surveys.inviting.everybody') },
          ...(chosen === '' || names.includes(chosen) ? names : [chosen, ...names]),
        ]}
      />
      <div className={classes.row}>
        <NumberField place={['invite', 'share']} name="share" min={1} max={100} unlessTold={100} />
        <NumberField place={['invite', 'priority']} name="priority" min={1} max={9} unlessTold={5} />
      </div>
    </>
  );
}
