import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { ChannelPicker, ChannelPopover } from '@/app/channel-picker';
import { PeriodPicker } from '@/app/period-picker';
import { useScope } from '@/app/scope';
import { useListedChannels } from '@/features/customers/use-names';
import { Help } from '@/ui/help';
import { PhraseChoice } from '@/ui/phrase-choice';
import phrase from '@/ui/phrase-choice.module.css';
import { ActivityWord } from './activity-word';
import { DEFAULT_LENGTH, DEFAULT_WINDOW, WINDOWS } from './defaults';
import classes from './explorer.module.css';
import { AGAINST } from './search-params';
import { StepWords } from './step-words';
import { useAsk, useExplorerSearch } from './use-explorer';

const LENGTHS = [3, 4, 5, 6, 7, 8];
const MOST_STEPS = 32;

/** The question, as a sentence whose underlined words can be changed. */
export function Sentence() {
  const { t } = useTranslation();
  const { view } = useExplorerSearch();
  return (
    <div className={classes.sentence}>
      {view === 'map' && <MapSentence />}
      {view === 'paths' && <PathsSentence />}
      {view === 'funnel' && <FunnelSentence />}
      <span className={classes.dot}>·</span>
      <PeriodPicker phrase={phrase.word} />
      <ChannelPicker
        phrase={phrase.word}
        before={
          <>
            <span className={classes.dot}>·</span>
            <span>{t('journeys.sentence.through')}</span>
          </>
        }
      />
      <ComparisonWords />
    </div>
  );
}

const NOTHING = 'nothing';

/** Another period, or other channels. Only a period with both ends has another to be compared with. */
function ComparisonWords() {
  const { t } = useTranslation();
  const { view, against, others = [], steps = [], start } = useExplorerSearch();
  const { from, to } = useScope();
  const listed = useListedChannels();
  const ask = useAsk();
  if ((view === 'funnel' && steps.length === 0) || (view === 'paths' && start === undefined)) return null;
  const isClosed = from !== undefined && to !== undefined;
  const offered = AGAINST.filter((each) => isClosed || each === 'channels' || each === against);
  return (
    <>
      <span className={classes.dot}>·</span>
      <span>{t('journeys.sentence.against')}</span>
      <PhraseChoice
        label={t('journeys.sentence.comparison')}
        values={([NOTHING, ...offered] as const).map((value) => ({ value, text: t(`journeys.comparisons.${value}`) }))}
        chosen={against ?? NOTHING}
        onChoose={(chosen) =>
          ask({ against: chosen === NOTHING ? undefined : chosen, others: chosen === 'channels' ? others : undefined })
        }
      />
      {against === 'channels' && (
        <ChannelPopover
          phrase={`${phrase.word} ${others.length === 0 ? phrase.missing : ''}`}
          text={others.length === 0 ? t('journeys.sentence.chooseChannels') : listed(others)}
          label={t('journeys.sentence.otherChannels')}
          chosen={others}
          onChoose={(chosen) => ask({ others: chosen.length > 0 ? chosen : undefined })}
        />
      )}
      {against !== undefined && against !== 'channels' && !isClosed && (
        <span className="small">{t('journeys.sentence.openPeriod')}</span>
      )}
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
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its position; the same activity may stand at several
        <Fragment key={index}>
          {index > 0 && <span>{t('journeys.sentence.funnelThen')}</span>}
          <StepWords
            step={step}
            onChange={(chosen) => ask({ steps: steps.with(index, chosen) })}
            onRemove={() => ask({ steps: steps.toSpliced(index, 1) })}
          />
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
          <Help term="window" />
        </>
      )}
    </>
  );
}
