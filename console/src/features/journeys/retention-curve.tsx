import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/use-format';
import type { CurvePoint } from './cohorts';
import { curveOf, topLevel } from './curve';
import classes from './retention.module.css';

const WIDTH = 300;
const HEIGHT = 150;

/** All cohorts together, period after period, with the interval; of what it is compared with, the line alone. */
export function RetentionCurve({
  curve,
  other,
  name,
}: {
  curve: readonly CurvePoint[];
  other: readonly CurvePoint[] | null;
  name: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const highest = topLevel(Math.max(...curve.map(({ high }) => high), ...(other ?? []).map(({ share }) => share)));
  const place = { left: 40, right: WIDTH - 10, top: 10, bottom: HEIGHT - 24, highest };
  const drawn = curveOf(curve, place);
  const furthest = curve.at(-1)?.after ?? 0;
  const compared =
    other &&
    curveOf(
      other.filter(({ after }) => after <= furthest),
      place,
    );
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={classes.curve} role="img" aria-label={name}>
      {drawn.levels.map(({ share, y }) => (
        <g key={share}>
          <line x1={place.left} x2={place.right} y1={y} y2={y} className={classes.level} />
          <text x={place.left - 6} y={y + 4} textAnchor="end" className={classes['axis-text']}>
            {format.roundShare(share)}
          </text>
        </g>
      ))}
      {drawn.ticks.map(({ after, x }) => (
        <text key={after} x={x} y={HEIGHT - 8} textAnchor="middle" className={classes['axis-text']}>
          {format.number(after)}
        </text>
      ))}
      <path d={drawn.band} className={classes.band} />
      {compared && <path d={compared.line} className={classes['other-line']} />}
      <path d={drawn.line} className={classes.line} />
      {drawn.points.map((point, index) => {
        const { after, share, low, high, customers } = curve[index] as CurvePoint;
        return (
          <circle key={after} cx={point.x} cy={point.y} r="3" className={classes.point}>
            <title>
              {t('journeys.retention.pointSay', {
                after: format.number(after),
                share: format.share(share),
                low: format.share(low),
                high: format.share(high),
                n: format.number(customers),
              })}
            </title>
          </circle>
        );
      })}
    </svg>
  );
}
