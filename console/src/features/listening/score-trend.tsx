import { useElementSize } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Scores } from '@/api/client';
import { useFormat } from '@/ui/use-format';
import { AnnotationMarks } from './annotation-marks';
import { marksOf, rowsOf } from './annotations';
import classes from './listening.module.css';
import { type ScorePoint, scorePoints } from './scores';
import { tickText, trendOf } from './trend';
import { useMetricName } from './use-metric-name';
import { axisText, useScoreText } from './use-score-text';

const HEIGHT = 240;
/** Points nearer to each other than this are drawn small, and much nearer ones as the line alone. */
const CLOSE = 9;
const TOUCHING = 3;
/** Height of the numbers of what happened. */
const ROW = 18;

/** The score from period to period with its interval; periods in which too few answered are gaps. */
export function ScoreTrend({ answer }: { answer: Scores }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useScoreText(answer.metric.formula);
  const { ref, width } = useElementSize();
  const points = scorePoints(answer);
  const ends = { left: 48, right: Math.max(260, width) - 8 };
  const marks = marksOf(points, answer.annotations, ends);
  const height = HEIGHT + rowsOf(marks) * ROW;
  const place = { ...ends, top: 10 + rowsOf(marks) * ROW, bottom: height - 28 };
  const trend = trendOf(points, answer.metric.range, place);
  const distance = (place.right - place.left) / Math.max(1, points.length);
  const radius = (isAlone: boolean) => (distance >= CLOSE ? 3.5 : distance >= TOUCHING || isAlone ? 2 : 1);
  const changed = answer.whole.levels.slice(1).flatMap(({ first }) => answer.periods[first]?.first_day ?? []);
  const name = t('listening.trend.name', { metric: useMetricName()(answer.metric.name) });
  return (
    <div ref={ref}>
      {trend.points.length === 0 ? (
        <p className="muted">{t('listening.trend.none', { n: format.number(answer.minimum) })}</p>
      ) : (
        <svg width={place.right + 8} height={height} className={classes.trend} role="img" aria-label={name}>
          {trend.levels.map(({ value, y }) => (
            <g key={value}>
              <line x1={place.left} x2={place.right} y1={y} y2={y} className={classes.level} />
              <text x={place.left - 8} y={y + 4} textAnchor="end" className={classes.text}>
                {axisText(answer.metric.formula, value, format)}
              </text>
            </g>
          ))}
          <AnnotationMarks marks={marks} bottom={place.bottom} row={ROW} />
          {trend.bands.map((band) => (
            <path key={band} d={band} className={classes.band} />
          ))}
          {trend.lines.map((line) => (
            <path key={line} d={line} className={classes.line} />
          ))}
          {trend.points.map(({ x, y, low, high, index }) => {
            const { firstDay, answers, score, isOver } = points[index] as ScorePoint;
            return (
              <g key={firstDay}>
                {trend.alone.includes(index) && <line x1={x} x2={x} y1={low} y2={high} className={classes.whisker} />}
                <circle
                  cx={x}
                  cy={y}
                  r={radius(trend.alone.includes(index))}
                  className={classes.point}
                  data-open={!isOver || undefined}
                >
                  {score && (
                    <title>
                      {t('listening.trend.point', {
                        day: format.day(firstDay),
                        score: text(score.value),
                        low: text(score.low),
                        high: text(score.high),
                        answers: t('listening.groups.answers', { count: answers, n: format.number(answers) }),
                      })}
                    </title>
                  )}
                </circle>
              </g>
            );
          })}
          {trend.gaps.map(({ x, index }) => (
            <line key={index} x1={x} x2={x} y1={place.bottom - 4} y2={place.bottom + 2} className={classes.gap} />
          ))}
          {trend.ticks.map(({ x, index }, at) => (
            <text key={index} x={x} y={height - 8} textAnchor="middle" className={classes.text}>
              {tickText(points, trend.ticks, at, format)}
            </text>
          ))}
        </svg>
      )}
      <p className="small">
        {t('listening.trend.say')}{' '}
        {trend.points.length > 0 &&
          trend.gaps.length > 0 &&
          t('listening.trend.gaps', {
            count: trend.gaps.length,
            n: format.number(trend.gaps.length),
            minimum: format.number(answer.minimum),
          })}
        {points.some(({ isOver, score }) => !isOver && score !== null) && <> {t('listening.trend.open')}</>}
      </p>
      {changed.length > 0 && (
        <p className="small">
          {t('listening.trend.changed', {
            list: new Intl.ListFormat(format.language).format(changed.map((day) => format.day(day))),
          })}
        </p>
      )}
    </div>
  );
}
