import { useTranslation } from 'react-i18next';
import { PhraseChoice } from '@/ui/phrase-choice';
import { ActivityWord } from './activity-word';
import { TOUCHES } from './attribution';
import { DEFAULT_LOOK_BACK, DEFAULT_TOUCH, WINDOWS } from './defaults';
import classes from './explorer.module.css';
import { useAsk, useExplorerSearch } from './use-explorer';

/** What led to an outcome, within which time before it. */
export function AttributionSentence() {
  const { t } = useTranslation();
  const { outcome, lookBack = DEFAULT_LOOK_BACK, touch = DEFAULT_TOUCH } = useExplorerSearch();
  const ask = useAsk();
  return (
    <>
      <span>{t('journeys.sentence.attributionBefore')}</span>
      <ActivityWord
        activity={outcome}
        placeholder={t('journeys.sentence.addFirst')}
        onChoose={(chosen) => ask({ outcome: chosen })}
      />
      {outcome !== undefined && (
        <>
          <span>{t('journeys.sentence.attributionWithin')}</span>
          <PhraseChoice
            label={t('journeys.sentence.lookBack')}
            values={WINDOWS.map((value) => ({ value, text: t(`journeys.lookBacks.${value}`) }))}
            chosen={lookBack}
            onChoose={(chosen) => ask({ lookBack: chosen })}
          />
          <span className={classes.dot}>·</span>
          <span>{t('journeys.sentence.by')}</span>
          <PhraseChoice
            label={t('journeys.sentence.touch')}
            values={TOUCHES.map((value) => ({ value, text: t(`journeys.sentence.touches.${value}`) }))}
            chosen={touch}
            onChoose={(chosen) => ask({ touch: chosen })}
          />
        </>
      )}
    </>
  );
}
