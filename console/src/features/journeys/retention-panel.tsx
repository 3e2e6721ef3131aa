import { useTranslation } from 'react-i18next';
import { Help } from '@/ui/help';
import { useFormat } from '@/ui/use-format';
import { type CurvePoint, headline, type OtherCurve, pointChange } from './cohorts';
import { Compared } from './compared';
import type { By } from './defaults';
import classes from './explorer.module.css';
import { Figure } from './map-panel';
import { RetentionCurve } from './retention-curve';
import { useExplorerSearch } from './use-explorer';

/** All cohorts together: the one number, and the curve. */
export function RetentionPanel({
  curve,
  other,
  by,
}: {
  curve: readonly CurvePoint[];
  other: OtherCurve | null;
  by: By;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { later } = useExplorerSearch();
  const point = headline(curve);
  return (
    <aside className={`card ${classes.panel}`} aria-live="polite">
      {point === null && <p className="muted">{t('journeys.retention.tooEarly')}</p>}
      {point && (
        <section>
          <Figure
            value={format.share(point.share)}
            name={t(`journeys.retention.${later ? 'headlineLater' : 'headline'}.${by}`, {
              n: format.number(point.after),
            })}
          />
          <p className="small">
            {t('journeys.retention.interval', {
              low: format.share(point.low),
              high: format.share(point.high),
              n: format.number(point.customers),
            })}{' '}
            <Help term="interval" />
          </p>
          {other && <Compared change={pointChange(point, other)} name={other.name} />}
        </section>
      )}
      {curve.length > 1 && (
        <section>
          <h2>{t('journeys.retention.curve')}</h2>
          <p className="small">{t(`journeys.retention.curveSay.${by}`)}</p>
          <RetentionCurve curve={curve} other={other?.curve ?? null} name={t('journeys.retention.curve')} />
          {other && <p className="small">{t('journeys.retention.otherLine', { name: other.name })}</p>}
        </section>
      )}
      <p className="small">{t(later ? 'journeys.retention.definitionLater' : 'journeys.retention.definition')}</p>
    </aside>
  );
}
