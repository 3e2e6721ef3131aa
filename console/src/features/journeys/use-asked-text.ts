import { useTranslation } from 'react-i18next';
import { usePeriodText } from '@/app/period-picker';
import { useScope } from '@/app/scope';
import { useListedChannels } from '@/features/customers/use-names';
import { readStep } from './step-text';
import { useExplorerSearch } from './use-explorer';
import { useSegmentName } from './use-segments';
import { pictureOf } from './view-modules';

/** What is asked on the page, in a line: the question, of whom, when, and through which channels. */
export function useAskedText(): string {
  const { t } = useTranslation();
  const search = useExplorerSearch();
  const { channel = [] } = useScope();
  const listed = useListedChannels();
  const nameOfSegment = useSegmentName();
  const period = usePeriodText();
  const { steps = [], start = '', outcome = '', anchor = 'from', segment } = search;
  const picture = pictureOf(search);
  const question = {
    behind: () => t('journeys.progress.behind'),
    map: () => t('journeys.views.map'),
    paths: () => t(`journeys.paths.names.${anchor}`, { activity: start }),
    funnel: () => steps.map((step) => readStep(step).activity).join(' › '),
    retention: () => t('journeys.retention.name'),
    lifeCycle: () => t('journeys.lifeCycle.name'),
    attribution: () => t('journeys.attribution.name', { outcome }),
    effort: () => t('journeys.effort.name', { goal: outcome }),
    frictions: () => t('journeys.frictions.name'),
  }[picture]();
  return [
    question,
    ...(segment === undefined ? [] : [nameOfSegment(segment)]),
    period,
    ...(channel.length === 0 ? [] : [listed(channel)]),
  ].join(' · ');
}
