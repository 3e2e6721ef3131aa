import { useTranslation } from 'react-i18next';
import { PhraseChoice } from '@/ui/phrase-choice';
import { ActivityWord } from './activity-word';
import { ANCHORS, DEFAULT_LENGTH } from './defaults';
import classes from './explorer.module.css';
import { MoreWords } from './more-words';
import { useAsk, useExplorerSearch } from './use-explorer';

const LENGTHS = [3, 4, 5, 6, 7, 8];

/** What came after, before or around an activity, or from the start. */
export function PathsSentence() {
  const { t } = useTranslation();
  const { start, anchor = 'from', length = DEFAULT_LENGTH, inVisit, collapsed } = useExplorerSearch();
  const ask = useAsk();
  return (
    <>
      <span>{t('journeys.sentence.pathsBefore')}</span>
      <PhraseChoice
        label={t('journeys.sentence.anchor')}
        values={ANCHORS.map((value) => ({
          value,
          text: t(`journeys.sentence.anchors.${value}`),
        }))}
        chosen={anchor}
        onChoose={(chosen) => ask({ anchor: chosen === 'from' ? undefined : chosen })}
      />
      {anchor !== 'start' && (
        <ActivityWord
          activity={start}
          onChoose={(chosen) => ask({ start: chosen })}
          placeholder={t('journeys.sentence.addFirst')}
        />
      )}
      <span>{t('journeys.sentence.pathsAfter')}</span>
      <PhraseChoice
        label={t('journeys.sentence.length')}
        values={LENGTHS.map((value) => ({
          value,
          text: t(`journeys.sentence.pathsSteps.${anchor}`, { n: anchor === 'start' ? value : value - 1 }),
        }))}
        chosen={length}
        onChoose={(chosen) => ask({ length: chosen })}
      />
      <span className={classes.dot}>·</span>
      <MoreWords isUsual={!inVisit && !collapsed}>
        <PhraseChoice
          label={t('journeys.sentence.pathScope')}
          values={[
            { value: 'history', text: t('journeys.sentence.inHistory') },
            { value: 'visit', text: t('journeys.sentence.inVisit') },
          ]}
          chosen={inVisit ? 'visit' : 'history'}
          onChoose={(chosen) => ask({ inVisit: chosen === 'visit' ? true : undefined })}
        />
        <PhraseChoice
          label={t('journeys.sentence.repeated')}
          values={[
            { value: 'kept', text: t('journeys.sentence.keepRepeated') },
            { value: 'once', text: t('journeys.sentence.collapseRepeated') },
          ]}
          chosen={collapsed ? 'once' : 'kept'}
          onChoose={(chosen) => ask({ collapsed: chosen === 'once' ? true : undefined })}
        />
      </MoreWords>
    </>
  );
}
