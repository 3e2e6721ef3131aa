import { useTranslation } from 'react-i18next';
import { ActivityWord } from './activity-word';
import { useAsk, useExplorerSearch } from './use-explorer';

/** What it takes to reach an activity, from another or from whatever came first. */
export function EffortSentence() {
  const { t } = useTranslation();
  const { outcome, start } = useExplorerSearch();
  const ask = useAsk();
  return (
    <>
      <span>{t('journeys.sentence.effortBefore')}</span>
      <ActivityWord
        activity={outcome}
        placeholder={t('journeys.sentence.addFirst')}
        onChoose={(chosen) => ask({ outcome: chosen })}
      />
      <span>{t('journeys.sentence.effortFrom')}</span>
      <ActivityWord
        activity={start}
        anyText={t('journeys.sentence.whatCameFirst')}
        onAny={() => ask({ start: undefined })}
        onChoose={(chosen) => ask({ start: chosen })}
      />
    </>
  );
}
