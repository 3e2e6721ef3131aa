import { useTranslation } from 'react-i18next';
import { PhraseChoice } from '@/ui/phrase-choice';
import { ActivityWord } from './activity-word';
import { DEFAULT_HORIZON, DEFAULT_WINDOW, WINDOWS } from './defaults';
import classes from './explorer.module.css';
import { useAsk, useExplorerSearch } from './use-explorer';

/** What hinders customers, and who counts as lost. */
export function FrictionsSentence() {
  const { t } = useTranslation();
  const { outcome, horizon = DEFAULT_HORIZON, begins, window = DEFAULT_WINDOW } = useExplorerSearch();
  const ask = useAsk();
  const windows = WINDOWS.map((value) => ({ value, text: t(`journeys.windows.${value}`) }));
  return (
    <>
      <span>{t('journeys.sentence.frictionsBefore')}</span>
      <span className={classes.dot}>·</span>
      <span>{t('journeys.sentence.lostWho')}</span>
      <PhraseChoice
        label={t('journeys.sentence.horizon')}
        values={windows}
        chosen={horizon}
        onChoose={(chosen) => ask({ horizon: chosen })}
      />
      <span>{t('journeys.sentence.lostWithout')}</span>
      <ActivityWord
        activity={outcome}
        label={t('journeys.sentence.stayLabel')}
        anyText={t('journeys.sentence.aPurchase')}
        onAny={() => ask({ outcome: undefined, begins: undefined })}
        onChoose={(chosen) => ask({ outcome: chosen })}
      />
      {outcome !== undefined && (
        <>
          <span className={classes.dot}>·</span>
          <span>{t('journeys.sentence.abandonsWho')}</span>
          <ActivityWord
            activity={begins}
            label={t('journeys.sentence.beginsLabel')}
            anyText={t('journeys.sentence.nothingBegins')}
            onAny={() => ask({ begins: undefined })}
            onChoose={(chosen) => ask({ begins: chosen })}
          />
          {begins !== undefined && (
            <>
              <span>{t('journeys.sentence.abandonsWithin')}</span>
              <PhraseChoice
                label={t('journeys.sentence.window')}
                values={windows}
                chosen={window}
                onChoose={(chosen) => ask({ window: chosen })}
              />
            </>
          )}
        </>
      )}
    </>
  );
}
