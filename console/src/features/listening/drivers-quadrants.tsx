import { useElementSize } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Drivers } from '@/api/client';
import { useFormat } from '@/ui/use-format';
import { quadrantsOf } from './drivers';
import classes from './drivers.module.css';
import listening from './listening.module.css';
import { useDriverText } from './use-driver-text';

const HEIGHT = 340;

/** Importance against performance: what matters and goes badly stands at the upper left. */
export function DriversQuadrants({ answer, outcome }: { answer: Drivers; outcome: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useDriverText(answer.outcome);
  const { ref, width } = useElementSize();
  const place = { left: 28, right: Math.max(280, width) - 8, top: 8, bottom: HEIGHT - 40 };
  const { points, middle } = quadrantsOf(answer, place);
  const { left, right, top, bottom } = place;
  return (
    <section className={`card ${listening.card}`}>
      <h2>{t('listening.drivers.quadrants.title')}</h2>
      <div ref={ref}>
        {points.length === 0 ? (
          <p className="muted">{t('listening.drivers.quadrants.none')}</p>
        ) : (
          <svg
            width={right + 8}
            height={HEIGHT}
            className={classes.picture}
            role="img"
            aria-label={t('listening.drivers.quadrants.name', { outcome })}
          >
            <rect x={left} y={top} width={middle.x - left} height={middle.y - top} className={classes.fix} />
            <rect x={left} y={top} width={right - left} height={bottom - top} className={classes.frame} />
            <line x1={middle.x} x2={middle.x} y1={top} y2={bottom} className={classes.middle} />
            <line x1={left} x2={right} y1={middle.y} y2={middle.y} className={classes.middle} />
            <text x={left + 8} y={top + 18} className={classes.quadrant}>
              {t('listening.drivers.quadrants.fix')}
            </text>
            <text x={right - 8} y={top + 18} textAnchor="end" className={classes.quadrant}>
              {t('listening.drivers.quadrants.keep')}
            </text>
            <text x={left + 8} y={bottom - 8} className={classes.quadrant}>
              {t('listening.drivers.quadrants.watch')}
            </text>
            <text x={right - 8} y={bottom - 8} textAnchor="end" className={classes.quadrant}>
              {t('listening.drivers.quadrants.enough')}
            </text>
            {points.map(({ number, driver, performance, x, y }) => (
              <g key={number} data-found={driver.is_found || undefined} className={classes.point}>
                <circle cx={x} cy={y} r={10}>
                  <title>
                    {t('listening.drivers.quadrants.point', {
                      n: number,
                      name: text.name(driver),
                      importance: format.share(driver.importance),
                      performance: format.share(performance),
                    })}
                  </title>
                </circle>
                <text x={x} y={y + 4} textAnchor="middle">
                  {number}
                </text>
              </g>
            ))}
            <text x={left} y={HEIGHT - 22} className={listening.text}>
              {format.roundShare(0)}
            </text>
            <text x={right} y={HEIGHT - 22} textAnchor="end" className={listening.text}>
              {format.roundShare(1)}
            </text>
            <text x={(left + right) / 2} y={HEIGHT - 8} textAnchor="middle" className={listening.text}>
              {t('listening.drivers.quadrants.performance')} →
            </text>
            <text
              x={14}
              y={(top + bottom) / 2}
              textAnchor="middle"
              transform={`rotate(-90 14 ${(top + bottom) / 2})`}
              className={listening.text}
            >
              {t('listening.drivers.quadrants.importance')} →
            </text>
          </svg>
        )}
      </div>
      <p className="small">{t('listening.drivers.quadrants.say')}</p>
    </section>
  );
}
