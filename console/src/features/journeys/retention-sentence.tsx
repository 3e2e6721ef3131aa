import { useTranslation } from 'react-i18next';
import { PhraseChoice } from '@/ui/phrase-choice';
import { ActivityWord } from './activity-word';
import { DEFAULT_BY, PERIODS } from './defaults';
import classes from './explorer.module.css';
import { useAsk, useExplorerSearch } from './use-explorer';

/** Who came back to do what, by which periods. */
export function RetentionSentence() {
  const { t } = useTranslation();
  const { start, back, by = DEFAULT_BY, later = false, lifeCycle } = useExplorerSearch();
  const ask = useAsk();
  const startWord = (
    <ActivityWord
      activity={start}
      label={t('journeys.sentence.startLabel')}
      onAny={() => ask({ start: undefined })}
      onChoose={(chosen) => ask({ start: chosen })}
    />
  );
  return (
    <>
      <span>{t(lifeCycle ? 'journeys.sentence.activeBefore' : 'journeys.sentence.retentionBefore')}</span>
      {startWord}
      {!lifeCycle && (
        <>
          <span>{t('journeys.sentence.retentionThen')}</span>
          <ActivityWord
            activity={back}
            label={t('journeys.sentence.backLabel')}
            onAny={() => ask({ back: undefined })}
            onChoose={(chosen) => ask({ back: chosen })}
          />
          <PhraseChoice
            label={t('journeys.sentence.returnRule')}
            values={[
              { value: 'exactly', text: t(`journeys.sentence.exactly.${by}`) },
              { value: 'later', text: t(`journeys.sentence.later.${by}`) },
            ]}
            chosen={later ? 'later' : 'exactly'}
            onChoose={(chosen) => ask({ later: chosen === 'later' ? true : undefined })}
          />
        </>
      )}
      <span className={classes.dot}>·</span>
      <span>{t('journeys.sentence.by')}</span>
      <PhraseChoice
        label={t('journeys.sentence.byLabel')}
        values={PERIODS.map((value) => ({ value, text: t(`journeys.sentence.periods.${value}`) }))}
        chosen={by}
        onChoose={(chosen) => ask({ by: chosen })}
      />
    </>
  );
}
