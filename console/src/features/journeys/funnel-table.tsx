import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/use-format';
import { CustomersCell } from './behind-link';
import { ChangeCell } from './compared';
import type { OtherFunnel, Step } from './funnel-steps';

export function FunnelTable({ steps, other }: { steps: readonly Step[]; other: OtherFunnel | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const hasEntries = steps.some(({ entries }) => entries !== null);
  const duration = (ms: number | null) => (ms === null ? '' : format.duration(ms));
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{t('journeys.funnel.columns.step')}</th>
          <th scope="col">{t('journeys.funnel.columns.activity')}</th>
          {(['customers', 'lost', 'ofFirst', 'ofBefore', 'median', 'p90', 'mean'] as const).map((column) => (
            <th key={column} scope="col" className="number">
              {t(`journeys.funnel.columns.${column}`)}
            </th>
          ))}
          {hasEntries && (
            <>
              <th scope="col" className="number">
                {t('journeys.funnel.columns.entries')}
              </th>
              <th scope="col" className="number">
                {t('journeys.funnel.columns.ofEntries')}
              </th>
            </>
          )}
          {other && (
            <>
              <th scope="col" className="number">
                {t('journeys.compare.columns.share', { name: other.name })}
              </th>
              <th scope="col" className="number">
                {t('journeys.compare.columns.difference')}
              </th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its position; the same activity may stand at several
          <tr key={index}>
            <td>{index + 1}</td>
            <td>{step.activity}</td>
            <CustomersCell
              behind={{ kind: 'reached', step: index + 1 }}
              count={step.customers}
              text={format.number(step.customers)}
            />
            <CustomersCell
              behind={{ kind: 'dropped', step: index + 1 }}
              count={steps[index + 1]?.lost ?? 0}
              text={index + 1 < steps.length ? format.number(steps[index + 1]?.lost ?? 0) : ''}
            />
            <td className="number">{format.share(step.ofFirst)}</td>
            <td className="number">{step.ofBefore === null ? '' : format.share(step.ofBefore)}</td>
            <td className="number">{duration(step.medianMs)}</td>
            <td className="number">{duration(step.p90Ms)}</td>
            <td className="number">{duration(step.meanMs)}</td>
            {hasEntries && (
              <>
                <td className="number">{step.entries && format.number(step.entries.count)}</td>
                <td className="number">
                  {step.entries &&
                    `${format.share(step.entries.share)} (${format.share(step.entries.low)} – ${format.share(step.entries.high)})`}
                </td>
              </>
            )}
            {other && <td className="number">{format.share(other.steps[index]?.ofFirst ?? 0)}</td>}
            {other && (index === 0 ? <td /> : <ChangeCell change={other.changes[index]} />)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
