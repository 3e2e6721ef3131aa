import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/use-format';
import { CustomersCell } from './behind-link';
import { ChangeCell } from './compared';
import type { OtherFunnel, Step } from './funnel-steps';

export function FunnelTable({ steps, other }: { steps: readonly Step[]; other: OtherFunnel | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{t('journeys.funnel.columns.step')}</th>
          <th scope="col">{t('journeys.funnel.columns.activity')}</th>
          {(['customers', 'lost', 'ofFirst', 'ofBefore', 'median'] as const).map((column) => (
            <th key={column} scope="col" className="number">
              {t(`journeys.funnel.columns.${column}`)}
            </th>
          ))}
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
            <td className="number">{step.medianMs === null ? '' : format.duration(step.medianMs)}</td>
            {other && <td className="number">{format.share(other.steps[index]?.ofFirst ?? 0)}</td>}
            {other && (index === 0 ? <td /> : <ChangeCell change={other.changes[index]} />)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
