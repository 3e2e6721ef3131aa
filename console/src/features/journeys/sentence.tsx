import { Popover } from '@mantine/core';
import { Fragment, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PeriodPicker } from '@/app/period-picker';
import { Icon } from '@/ui/icons';
import { ActivityChoice } from './activity-choice';
import classes from './explorer.module.css';
import { DEFAULT_LENGTH, DEFAULT_WINDOW, WINDOWS } from './search-params';
import { useAsk, useExplorerSearch } from './use-explorer';

const LENGTHS = [3, 4, 5, 6, 7, 8];
const MOST_STEPS = 32;

/** The question, as a sentence whose underlined words can be changed. */
export function Sentence() {
  const { view } = useExplorerSearch();
  return (
    <div className={classes.sentence}>
      {view === 'map' && <MapSentence />}
      {view === 'paths' && <PathsSentence />}
      {view === 'funnel' && <FunnelSentence />}
      <span className={classes.dot}>·</span>
      <PeriodPicker phrase={classes.word} />
    </div>
  );
}

function MapSentence() {
  const { t } = useTranslation();
  return <span>{t('journeys.sentence.map')}</span>;
}

function PathsSentence() {
  const { t } = useTranslation();
  const { start, length = DEFAULT_LENGTH } = useExplorerSearch();
  const ask = useAsk();
  return (
    <>
      <span>{t('journeys.sentence.pathsBefore')}</span>
      <ActivityWord
        activity={start}
        onChoose={(chosen) => ask({ start: chosen })}
        placeholder={t('journeys.sentence.addFirst')}
      />
      <span>{t('journeys.sentence.pathsAfter')}</span>
      <Word text={t('journeys.sentence.pathsSteps', { n: length - 1 })} label={t('journeys.sentence.length')}>
        {(close) => (
          <Choices
            values={LENGTHS.map((n) => ({ value: n, text: t('journeys.sentence.pathsSteps', { n: n - 1 }) }))}
            chosen={length}
            onChoose={(n) => {
              ask({ length: n });
              close();
            }}
          />
        )}
      </Word>
    </>
  );
}

function FunnelSentence() {
  const { t } = useTranslation();
  const { steps = [], window = DEFAULT_WINDOW } = useExplorerSearch();
  const ask = useAsk();
  return (
    <>
      <span>{t('journeys.sentence.funnelBefore')}</span>
      {steps.map((activity, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its position; the same activity may stand at several
        <Fragment key={index}>
          {index > 0 && <span>{t('journeys.sentence.funnelThen')}</span>}
          <span className={classes.step}>
            <ActivityWord activity={activity} onChoose={(chosen) => ask({ steps: steps.with(index, chosen) })} />
            <button
              type="button"
              className={classes.remove}
              aria-label={t('journeys.sentence.removeStep', { activity })}
              onClick={() => ask({ steps: steps.toSpliced(index, 1) })}
            >
              <Icon name="close" size={12} />
            </button>
          </span>
        </Fragment>
      ))}
      {steps.length < MOST_STEPS && (
        <ActivityWord
          key={`add ${steps.length}`}
          placeholder={t(steps.length === 0 ? 'journeys.sentence.addFirst' : 'journeys.sentence.addStep')}
          onChoose={(chosen) => ask({ steps: [...steps, chosen] })}
        />
      )}
      {steps.length > 1 && (
        <>
          <span className={classes.dot}>·</span>
          <span>{t('journeys.sentence.within')}</span>
          <Word text={t(`journeys.windows.${window}`)} label={t('journeys.sentence.window')}>
            {(close) => (
              <Choices
                values={WINDOWS.map((each) => ({ value: each, text: t(`journeys.windows.${each}`) }))}
                chosen={window}
                onChoose={(each) => {
                  ask({ window: each });
                  close();
                }}
              />
            )}
          </Word>
        </>
      )}
    </>
  );
}

function ActivityWord({
  activity,
  placeholder,
  onChoose,
}: {
  activity?: string;
  placeholder?: string;
  onChoose: (activity: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <Word text={activity ?? placeholder ?? ''} label={t('journeys.sentence.choose')} isMissing={activity === undefined}>
      {(close) => (
        <ActivityChoice
          onChoose={(chosen) => {
            onChoose(chosen);
            close();
          }}
        />
      )}
    </Word>
  );
}

function Word({
  text,
  label,
  isMissing = false,
  children,
}: {
  text: string;
  label: string;
  isMissing?: boolean;
  children: (close: () => void) => ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={`${classes.word} ${isMissing ? classes.missing : ''}`}
          aria-label={`${label}: ${text}`}
          onClick={() => setOpen((open) => !open)}
        >
          {text}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={6} aria-label={label}>
        {isOpen && children(() => setOpen(false))}
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices<T extends string | number>({
  values,
  chosen,
  onChoose,
}: {
  values: readonly { value: T; text: string }[];
  chosen: T;
  onChoose: (value: T) => void;
}) {
  return (
    <ul className={classes.choices}>
      {values.map(({ value, text }) => (
        <li key={value}>
          <button type="button" aria-pressed={value === chosen} onClick={() => onChoose(value)}>
            {text}
          </button>
        </li>
      ))}
    </ul>
  );
}
