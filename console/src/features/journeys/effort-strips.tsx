import { useTranslation } from 'react-i18next';
import { Help } from '@/ui/help';
import { type EffortMeasure, type Spread, stripOf } from './effort';
import classes from './effort.module.css';
import { type OtherEffort, spreadThere } from './effort-compared';
import { useMeasured } from './use-measured';

const percent = (share: number) => `${share * 100}%`;

/** Each measure with its median and how it is spread: the middle half as a bar, four fifths as a line. */
export function EffortStrips({
  spreads,
  other,
  chosen,
  onChoose,
  name,
}: {
  spreads: readonly Spread[];
  other: OtherEffort | null;
  chosen: EffortMeasure;
  onChoose: (measure: EffortMeasure) => void;
  name: string;
}) {
  const { t } = useTranslation();
  const measured = useMeasured();
  return (
    <ul className={classes.strips} aria-label={name}>
      {spreads.map((spread) => {
        const { measure, p10, p25, p50, p75, p90, mean } = spread;
        const there = spreadThere(other, measure);
        const strip = stripOf(spread, there);
        const besideStrip = there && stripOf(there, spread);
        const isFlat = p90 === 0 && mean === 0 && !(there && (there.p90 > 0 || there.mean > 0));
        return (
          <li key={measure} data-chosen={measure === chosen || undefined}>
            <div className={classes.head}>
              <span>
                <button
                  type="button"
                  className={classes.measure}
                  aria-pressed={measure === chosen}
                  onClick={() => onChoose(measure)}
                >
                  {t(`journeys.effort.measures.${measure}`)}
                </button>
                <Help term={`effort_${measure}`} />
              </span>
              <span className={classes.median}>{measured(measure, p50)}</span>
            </div>
            {!isFlat && (
              <div className={classes.strip} aria-hidden="true">
                <span className={classes.whisker} style={{ left: percent(strip.p10), right: percent(1 - strip.p90) }} />
                <span className={classes.box} style={{ left: percent(strip.p25), right: percent(1 - strip.p75) }} />
                <span className={classes.middle} style={{ left: percent(strip.p50) }} />
                <span className={classes.mean} style={{ left: percent(strip.mean) }} />
              </div>
            )}
            {!isFlat && besideStrip && (
              <div className={classes.strip} data-other="" aria-hidden="true">
                <span
                  className={classes.whisker}
                  style={{ left: percent(besideStrip.p10), right: percent(1 - besideStrip.p90) }}
                />
                <span
                  className={classes.box}
                  style={{ left: percent(besideStrip.p25), right: percent(1 - besideStrip.p75) }}
                />
                <span className={classes.middle} style={{ left: percent(besideStrip.p50) }} />
                <span className={classes.mean} style={{ left: percent(besideStrip.mean) }} />
              </div>
            )}
            <p className="small">
              {t('journeys.effort.spread', {
                p25: measured(measure, p25),
                p75: measured(measure, p75),
                p10: measured(measure, p10),
                p90: measured(measure, p90),
                mean: measured(measure, mean),
              })}
            </p>
            {other && (
              <p className="small">
                {there
                  ? t('journeys.effort.there', {
                      name: other.name,
                      median: measured(measure, there.p50),
                      p25: measured(measure, there.p25),
                      p75: measured(measure, there.p75),
                      mean: measured(measure, there.mean),
                    })
                  : t('journeys.effort.nobodyThere', { name: other.name })}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
