import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ChannelPicker, ChannelPopover } from '@/app/channel-picker';
import { PeriodPicker } from '@/app/period-picker';
import { useScope } from '@/app/scope';
import { useListedChannels } from '@/features/customers/use-names';
import { PhraseChoice } from '@/ui/phrase-choice';
import phrase from '@/ui/phrase-choice.module.css';
import { AttributionSentence } from './attribution-sentence';
import { EffortSentence } from './effort-sentence';
import classes from './explorer.module.css';
import { FrictionsSentence } from './frictions-sentence';
import { FunnelSentence } from './funnel-sentence';
import { PathsSentence } from './paths-sentence';
import { RetentionSentence } from './retention-sentence';
import { AGAINST, type Against } from './search-params';
import { OtherSegmentWord, SegmentWord } from './segments';
import { useAsk, useExplorerSearch } from './use-explorer';
import { segmentsQuery } from './use-segments';

/** The question, as a sentence whose underlined words can be changed. */
export function Sentence() {
  const { t } = useTranslation();
  const { view, lifeCycle } = useExplorerSearch();
  return (
    <div className={classes.sentence}>
      {view === 'map' && <MapSentence />}
      {view === 'paths' && <PathsSentence />}
      {view === 'funnel' && <FunnelSentence />}
      {view === 'retention' && <RetentionSentence />}
      {view === 'attribution' && <AttributionSentence />}
      {view === 'effort' && <EffortSentence />}
      {view === 'frictions' && <FrictionsSentence />}
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
      <SegmentWord />
      {!(view === 'retention' && lifeCycle) && <ComparisonWords />}
    </div>
  );
}

const NOTHING = 'nothing';

/** Another period, or other channels. Only a period with both ends has another to be compared with. */
function ComparisonWords() {
  const { t } = useTranslation();
  const { view, against, others = [], steps = [], start, anchor, outcome, segment } = useExplorerSearch();
  const { from, to } = useScope();
  const listed = useListedChannels();
  const ask = useAsk();
  const { data } = useQuery(segmentsQuery);
  const isAsked = {
    map: true,
    paths: start !== undefined || anchor === 'start',
    funnel: steps.length > 0,
    retention: true,
    attribution: outcome !== undefined,
    effort: outcome !== undefined,
    frictions: true,
  }[view];
  if (!isAsked) return null;
  const isClosed = from !== undefined && to !== undefined;
  const canBe: Record<Against, boolean> = {
    before: isClosed,
    yearBefore: isClosed,
    channels: true,
    segment: (data?.segments ?? []).some(({ id }) => id !== segment),
    rest: segment !== undefined,
  };
  const offered = AGAINST.filter((each) => canBe[each] || each === against);
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
      {against === 'segment' && <OtherSegmentWord />}
      {(against === 'before' || against === 'yearBefore') && !isClosed && (
        <span className="small">{t('journeys.sentence.openPeriod')}</span>
      )}
    </>
  );
}

function MapSentence() {
  const { t } = useTranslation();
  return <span>{t('journeys.sentence.map')}</span>;
}
