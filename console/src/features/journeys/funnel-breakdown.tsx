import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { FunnelBreakdown as Breakdown } from '@/api/client';
import { useNames } from '@/features/customers/use-names';
import { Help } from '@/ui/help';
import { Scrollable } from '@/ui/scrollable';
import { LoadingLines } from '@/ui/states';
import { useFormat } from '@/ui/use-format';
import { Answered } from './answered';
import attribution from './attribution.module.css';
import { BehindLink, CustomersCell } from './behind-link';
import { isNamedBreakdown } from './breakdown-ways';
import { KindMark, pointsText } from './compared';
import compared from './compared.module.css';
import classes from './explorer.module.css';
import funnelClasses from './funnel.module.css';
import { funnelQuestion } from './funnel-question';
import { breakdownQuery } from './queries';
import { useAsked, useExplorerSearch } from './use-explorer';

type Group = Breakdown['groups'][number];
type Difference = NonNullable<Group['steps'][number]['against_the_rest']>;

/** The same funnel for each value of what it is broken down by, at the first step, or for each segment; the last step is set against the rest. */
export function FunnelBreakdown({ by, steps }: { by: string; steps: readonly string[] }) {
  const { t } = useTranslation();
  const search = useExplorerSearch();
  const asking = breakdownQuery(funnelQuestion(search), by, useAsked());
  const query = useQuery(asking);
  const title = t('journeys.breakdown.title', {
    by: isNamedBreakdown(by) ? t(`journeys.breakdown.by.${by}`) : by,
  });
  return (
    <section className={`card ${classes.table} ${classes.below}`}>
      <h2>
        {title} <Help term="breakdown" />
      </h2>
      <Answered query={query} queryKey={asking.queryKey} asked={title} height={140}>
        {({ breakdown }) =>
          breakdown ? (
            <Scrollable label={title}>
              <BreakdownTable breakdown={breakdown} steps={steps} />
              {by === 'segment' && <p className="small">{t('journeys.breakdown.overlap')}</p>}
            </Scrollable>
          ) : (
            <LoadingLines lines={5} />
          )
        }
      </Answered>
    </section>
  );
}

function BreakdownTable({ breakdown, steps }: { breakdown: Breakdown; steps: readonly string[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const { by, groups, other } = breakdown;
  const valueName = (value: string) =>
    value === '(other)' ? t('journeys.breakdown.other') : by === 'channel' ? names.channel(value) : value;
  const rows = other ? [...groups, other] : groups;
  return (
    <table className={attribution.bars}>
      <thead>
        <tr>
          <th scope="col">{isNamedBreakdown(by) ? t(`journeys.breakdown.columns.${by}`) : by}</th>
          <th scope="col" className="number">
            {t('journeys.breakdown.columns.first', { activity: steps[0] ?? '' })}
          </th>
          {steps.slice(1).map((activity, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its position; the same activity may stand at several
            <th key={index} scope="col">
              {activity}
            </th>
          ))}
          {steps.length > 1 && (
            <th scope="col" className="number">
              {t('journeys.breakdown.columns.rest')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((group) => (
          <tr key={group.value}>
            <th scope="row">{group.name ?? valueName(group.value)}</th>
            <CustomersCell
              behind={{ kind: 'reached', step: 1, by, value: group.value }}
              count={group.customers}
              text={format.number(group.customers)}
            />
            {group.steps.slice(1).map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its position
              <td key={index}>
                <StepShare step={step} position={index + 2} of={{ by, value: group.value }} />
              </td>
            ))}
            {steps.length > 1 && <RestCell difference={group.steps.at(-1)?.against_the_rest ?? null} />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function StepShare({
  step,
  position,
  of,
}: {
  step: Group['steps'][number];
  position: number;
  of: { by: string; value: string };
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { customers, share, low, high } = step;
  if (share == null) return null;
  const interval =
    low == null || high == null
      ? ''
      : t('journeys.attribution.interval', { low: format.share(low), high: format.share(high) });
  return (
    <div className={attribution.credit} title={interval}>
      <span>
        {format.share(share)}{' '}
        {customers > 0 && (
          <BehindLink
            behind={{ kind: 'reached', step: position, ...of }}
            className={funnelClasses.link}
            label={t('journeys.behind.see', { n: format.number(customers) })}
          >
            {format.number(customers)}
          </BehindLink>
        )}
      </span>
      <span className={attribution.track} aria-hidden="true">
        {share > 0 && <span className={attribution.bar} style={{ width: `${share * 100}%` }} />}
      </span>
    </div>
  );
}

function RestCell({ difference }: { difference: Difference | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!difference) return <td className="number muted">{t('journeys.compare.unknown')}</td>;
  const { difference: points, low, high } = difference;
  const kind = low > 0 ? 'more' : high < 0 ? 'less' : 'same';
  return (
    <td className="number">
      <span className={compared.points} data-kind={kind}>
        {kind !== 'same' && <KindMark kind={kind} />}
        {pointsText(points, format)}
      </span>{' '}
      <span className="small">
        {t('journeys.compare.interval', { low: pointsText(low, format), high: pointsText(high, format) })}
      </span>
    </td>
  );
}
