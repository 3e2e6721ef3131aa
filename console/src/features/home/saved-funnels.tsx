import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Funnel, SavedQuestion } from '@/api/client';
import { addDays } from '@/app/period';
import { funnelQuestion } from '@/features/journeys/funnel-question';
import { funnelQuery, savedQuestionsQuery } from '@/features/journeys/queries';
import { readQuestion } from '@/features/journeys/saved-questions';
import { LoadingLines, ProblemState } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { type FunnelWeek, funnelChange } from './funnel-weeks';
import classes from './home.module.css';
import { changesQuery } from './queries';

const SHOWN = 4;
const WEEKS_BEFORE = 8;

/** The funnels that the organisation keeps: how many reached the end in the last full week, against the weeks before. */
export function SavedFunnels() {
  const { t } = useTranslation();
  const questions = useQuery(savedQuestionsQuery);
  const from = useQuery(changesQuery).data?.from;
  const funnels = (questions.data?.questions ?? []).filter(({ view }) => view === 'funnel');
  if (questions.isError || !from || funnels.length === 0) return null;
  return (
    <section className={`card ${classes.card}`} aria-labelledby="saved-funnels">
      <h2 id="saved-funnels">{t('home.funnels.title')}</h2>
      <p className="small">{t('home.funnels.say', { weeks: WEEKS_BEFORE })}</p>
      <ul className={classes.list}>
        {funnels.slice(0, SHOWN).map((funnel) => (
          <Kept key={funnel.id} kept={funnel} from={from} />
        ))}
      </ul>
    </section>
  );
}

function weekOf(funnel: Funnel): FunnelWeek {
  return { began: funnel.steps[0]?.customers ?? 0, ended: funnel.steps.at(-1)?.customers ?? 0 };
}

function Kept({ kept, from }: { kept: SavedQuestion; from: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const question = readQuestion(kept.question);
  const steps = question.steps ?? [];
  const period = (week: number) => ({ from: addDays(from, -7 * week), to: addDays(from, 7 - 7 * week) });
  const weeks = useQueries({
    queries: Array.from({ length: WEEKS_BEFORE + 1 }, (_, week) => ({
      ...funnelQuery(funnelQuestion(question), { channel: question.channel, ...period(week) }),
      enabled: steps.length > 0,
    })),
  });
  const failed = weeks.find((week) => week.isError);
  const [own, ...before] = weeks.flatMap((week) => (week.data ? [weekOf(week.data)] : []));
  const isWhole = own !== undefined && before.length === WEEKS_BEFORE;
  const change = isWhole ? funnelChange(own, before) : null;
  return (
    <li className={classes.source}>
      <Link to="/journeys" search={{ ...question, view: 'funnel', saved: kept.id, ...period(0) }}>
        {kept.name}
      </Link>
      {failed && <ProblemState error={failed.error} onRetry={() => void failed.refetch()} />}
      {!failed && !isWhole && <LoadingLines lines={1} />}
      {isWhole && !change && <span className="small">{t('home.funnels.nobody')}</span>}
      {change && (
        <span className="small">
          {t(
            !change.isBeyondNoise
              ? 'home.funnels.usual'
              : change.difference.difference > 0
                ? 'home.funnels.more'
                : 'home.funnels.less',
            {
              share: format.share(change.share),
              before: format.share(change.before),
              n: format.number(change.began),
              low: format.number(change.difference.low * 100, 1),
              high: format.number(change.difference.high * 100, 1),
            },
          )}
        </span>
      )}
    </li>
  );
}
