import { useElementSize } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/use-format';
import { type EffortMeasure, highestOf, type TrendPoint, trendDrawing } from './effort';
import classes from './effort.module.css';
import { useMeasured } from './use-measured';

const HEIGHT = 170;
const WIDEST = 760;
/** Room for the name of a week. */
const NAME_WIDTH = 80;

/** One measure from week to week: the median as a line, the mean dashed. */
export function EffortTrend({
  trend,
  other,
  measure,
  name,
}: {
  trend: readonly TrendPoint[];
  /** The same weeks on the other side; none without one. */
  other: readonly TrendPoint[];
  measure: EffortMeasure;
  name: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const measured = useMeasured();
  const { ref, width } = useElementSize();
  const place = { left: 64, right: Math.min(WIDEST, Math.max(280, width)) - 8, top: 10, bottom: HEIGHT - 28 };
  const highest = highestOf([...trend, ...other], measure);
  const drawing = trendDrawing(trend, highest, place);
  const beside = trendDrawing(other, highest, place);
  const every = Math.max(1, Math.ceil((trend.length * NAME_WIDTH) / (place.right - place.left)));
  return (
    <div ref={ref}>
      <svg width={place.right + 8} height={HEIGHT} className={classes.trend} role="img" aria-label={name}>
        {drawing.levels.map(({ value, y }) => (
          <g key={value}>
            <line x1={place.left} x2={place.right} y1={y} y2={y} className={classes.level} />
            <text x={place.left - 8} y={y + 4} textAnchor="end" className={classes.text}>
              {measured(measure, value)}
            </text>
          </g>
        ))}
        {drawing.means.map((line) => (
          <path key={line} d={line} className={classes['mean-line']} />
        ))}
        {beside.medians.map((line) => (
          <path key={line} d={line} className={classes['other-line']} />
        ))}
        {drawing.medians.map((line) => (
          <path key={line} d={line} className={classes['median-line']} />
        ))}
        {drawing.points.map(({ x, y, index }) => {
          const { from, runs, median } = trend[index] as TrendPoint;
          return (
            <g key={from}>
              <circle cx={x} cy={y} r="3.5" className={classes.point}>
                <title>
                  {t('journeys.effort.weekSay', {
                    week: format.day(from),
                    median: measured(measure, median ?? 0),
                    n: format.number(runs),
                  })}
                </title>
              </circle>
            </g>
          );
        })}
        {trend.map(({ from }, index) =>
          index % every === 0 ? (
            <text
              key={from}
              x={place.left + ((place.right - place.left) * (index + 0.5)) / trend.length}
              y={HEIGHT - 8}
              textAnchor="middle"
              className={classes.text}
            >
              {format.day(from, false)}
            </text>
          ) : null,
        )}
      </svg>
    </div>
  );
}
