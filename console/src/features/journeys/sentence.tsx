import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { COMPARISONS } from '@/app/period';
import { PeriodPicker, usePeriod } from '@/app/period-picker';
import { Icon } from '@/ui/icons';
import { Phrase, PhraseChoice } from '@/ui/phrase-choice';
import phrase from '@/ui/phrase-choice.module.css';
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
      <PeriodPicker phrase={phrase.word} />
      {view === 'funnel' && <ComparisonWords />}
    </div>
  );
}

const NOTHING = 'nothing';

/** Only a period with both ends has another to be compared with. */
function ComparisonWords() {
  const { t } = useTranslation();
  const { against, steps = [] } = useExplorerSearch();
  const { from, to } = usePeriod();
  const ask = useAsk();
  if (from === undefined || to === undefined || steps.length === 0) return null;
  return (
    <>
      <span className={classes.dot}>·</span>
      <span>{t('journeys.sentence.against')}</span>
      <PhraseChoice
        label={t('journeys.sentence.comparison')}
        values={([NOTHING, ...COMPARISONS] as const).map((value) => ({
          value,
          text: t(`journeys.comparisons.${value}`),
        }))}
        chosen={against ?? NOTHING}
        onChoose={(chosen) => ask({ against: chosen === NOTHING ? undefined : chosen })}
      />
    </>
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
      <PhraseChoice
        label={t('journeys.sentence.length')}
        values={LENGTHS.map((value) => ({ value, text: t('journeys.sentence.pathsSteps', { n: value - 1 }) }))}
        chosen={length}
        onChoose={(chosen) => ask({ length: chosen })}
      />
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
          <PhraseChoice
            label={t('journeys.sentence.window')}
            values={WINDOWS.map((value) => ({ value, text: t(`journeys.windows.${value}`) }))}
            chosen={window}
            onChoose={(chosen) => ask({ window: chosen })}
          />
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
    <Phrase
      text={activity ?? placeholder ?? ''}
      label={t('journeys.sentence.choose')}
      isMissing={activity === undefined}
    >
      {(close) => (
        <ActivityChoice
          onChoose={(chosen) => {
            onChoose(chosen);
            close();
          }}
        />
      )}
    </Phrase>
  );
}
