import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Help } from '@/ui/help';
import { Phrase, PhraseChoice } from '@/ui/phrase-choice';
import { ActivityWord } from './activity-word';
import { BreakdownForm } from './breakdown-form';
import { isNamedBreakdown } from './breakdown-ways';
import { DEFAULT_WINDOW, WINDOWS } from './defaults';
import classes from './explorer.module.css';
import { MoreWords } from './more-words';
import { StepWords } from './step-words';
import { useAsk, useExplorerSearch } from './use-explorer';

const MOST_STEPS = 32;
const MOST_EXCLUDED = 4;

/** Which steps, how they follow each other, and within which time. */
export function FunnelSentence() {
  const { t } = useTranslation();
  const {
    steps = [],
    window = DEFAULT_WINDOW,
    stepOrder,
    betweenSteps,
    entries,
    without,
    breakdown,
  } = useExplorerSearch();
  const hasOrder = stepOrder !== 'any-order';
  const ask = useAsk();
  return (
    <>
      <span>{t('journeys.sentence.funnelBefore')}</span>
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its position; the same activity may stand at several
        <Fragment key={index}>
          {index > 0 && <span>{t(hasOrder ? 'journeys.sentence.funnelThen' : 'journeys.sentence.funnelAnd')}</span>}
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
          <span className={classes.dot}>·</span>
          <MoreWords isUsual={!stepOrder && !betweenSteps && !entries && !without && !breakdown}>
            {hasOrder && (
              <PhraseChoice
                label={t('journeys.sentence.windowRuns')}
                values={[
                  { value: 'whole', text: t('journeys.sentence.windowWhole') },
                  { value: 'between', text: t('journeys.sentence.windowBetween') },
                ]}
                chosen={betweenSteps ? 'between' : 'whole'}
                onChoose={(chosen) => ask({ betweenSteps: chosen === 'between' ? true : undefined })}
              />
            )}
            <span className={classes.dot}>·</span>
            <PhraseChoice
              label={t('journeys.sentence.order')}
              values={(['between', 'strict', 'any-order'] as const).map((value) => ({
                value,
                text: t(`journeys.sentence.orders.${value}`),
              }))}
              chosen={stepOrder ?? 'between'}
              onChoose={(chosen) => ask({ stepOrder: chosen === 'between' ? undefined : chosen })}
            />
            {hasOrder && <ExcludedWords />}
            {hasOrder && (
              <>
                <span className={classes.dot}>·</span>
                <span>{t('journeys.sentence.counting')}</span>
                <PhraseChoice
                  label={t('journeys.sentence.countLabel')}
                  values={[
                    { value: 'customers', text: t('journeys.sentence.counts.customers') },
                    { value: 'entries', text: t('journeys.sentence.counts.entries') },
                  ]}
                  chosen={entries ? 'entries' : 'customers'}
                  onChoose={(chosen) => ask({ entries: chosen === 'entries' ? true : undefined })}
                />
              </>
            )}
            <span className={classes.dot}>·</span>
            <BreakdownWord />
          </MoreWords>
        </>
      )}
    </>
  );
}

/** What must not happen between two steps. */
function ExcludedWords() {
  const { t } = useTranslation();
  const { without = [] } = useExplorerSearch();
  const ask = useAsk();
  const change = (changed: string[]) => ask({ without: changed.length > 0 ? changed : undefined });
  return (
    <>
      <span>{t('journeys.sentence.without')}</span>
      {without.map((activity, index) => (
        <ActivityWord
          key={activity}
          activity={activity}
          anyText={t('journeys.sentence.notExcluded')}
          onAny={() => change(without.toSpliced(index, 1))}
          onChoose={(chosen) => change([...new Set(without.with(index, chosen))])}
        />
      ))}
      {without.length < MOST_EXCLUDED && (
        <ActivityWord
          key={`add ${without.length}`}
          placeholder={t(without.length === 0 ? 'journeys.sentence.withoutNothing' : 'journeys.sentence.withoutMore')}
          onChoose={(chosen) => change([...new Set([...without, chosen])])}
        />
      )}
      <span>{t('journeys.sentence.withoutBetween')}</span>
    </>
  );
}

/** What the funnel is broken down by. */
function BreakdownWord() {
  const { t } = useTranslation();
  const { breakdown } = useExplorerSearch();
  const ask = useAsk();
  const text =
    breakdown === undefined || isNamedBreakdown(breakdown)
      ? t(`journeys.breakdown.words.${breakdown ?? 'nothing'}`)
      : t('journeys.breakdown.words.property', { property: breakdown });
  return (
    <Phrase text={text} label={t('journeys.breakdown.label')}>
      {(close) => (
        <BreakdownForm
          chosen={breakdown}
          onChoose={(chosen) => {
            ask({ breakdown: chosen });
            close();
          }}
        />
      )}
    </Phrase>
  );
}
