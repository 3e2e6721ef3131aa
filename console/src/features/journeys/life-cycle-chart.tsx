import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/ui/use-format';
import { periodName } from './cohort-triangle';
import type { By } from './defaults';
import { type LifeCyclePeriod, lifeCycleDrawing } from './life-cycle';
import classes from './life-cycle.module.css';

/** Bars above the line for those who are there, below it for those who stay away. */
export function LifeCycleChart({ periods, by, name }: { periods: readonly LifeCyclePeriod[]; by: By; name: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { ref, width } = useElementSize();
  const drawn = useRef<SVGSVGElement>(null);
  const drawing = lifeCycleDrawing(periods, Math.max(300, width));
  // What is latest is looked at first.
  const isMeasured = width > 0;
  useEffect(() => {
    if (isMeasured) drawn.current?.closest('section')?.scrollTo({ left: drawing.width });
  }, [isMeasured, drawing.width]);
  return (
    <div ref={ref}>
      <svg
        ref={drawn}
        width={drawing.width}
        height={drawing.height}
        role="img"
        aria-label={name}
        className={classes.chart}
      >
        <defs>
          {/* A pattern beside the colour, so that neighbours can be told apart without it. */}
          <pattern id="resurrected" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="5" height="5" className={classes.paper} />
            <rect width="2.5" height="5" className={classes.stripe} />
          </pattern>
        </defs>
        {drawing.levels.map(({ count, y }) => (
          <g key={y}>
            <line x1={drawing.left} x2={drawing.width} y1={y} y2={y} className={classes.level} />
            <text x={drawing.left - 8} y={y + 4} textAnchor="end" className={classes.text}>
              {format.number(count)}
            </text>
          </g>
        ))}
        {drawing.columns.map(({ x, width: wide, bars, isNamed }, index) => {
          const period = periods[index] as LifeCyclePeriod;
          return (
            <g key={period.first_day} data-open={period.is_complete ? undefined : true} className={classes.column}>
              <title>
                {t('journeys.lifeCycle.barSay', {
                  period: periodName(period.first_day, by, format),
                  active: format.number(period.active),
                  fresh: format.number(period.new),
                  returning: format.number(period.returning),
                  resurrected: format.number(period.resurrected),
                  dormant: format.number(period.dormant),
                })}
                {period.is_complete ? '' : ` (${t('journeys.retention.open')})`}
              </title>
              <rect x={x} y={0} width={wide} height={drawing.height} fill="transparent" />
              {bars.map((bar) => (
                <rect
                  key={bar.kind}
                  x={bar.x}
                  y={bar.y}
                  width={bar.width}
                  height={bar.height}
                  className={classes.bar}
                  data-kind={bar.kind}
                />
              ))}
              {isNamed && (
                <text x={x} y={drawing.height - 8} className={classes.text}>
                  {periodName(period.first_day, by, format)}
                </text>
              )}
            </g>
          );
        })}
        <line x1={drawing.left} x2={drawing.width} y1={drawing.axis} y2={drawing.axis} className={classes.axis} />
      </svg>
    </div>
  );
}
