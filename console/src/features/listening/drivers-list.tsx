import { useTranslation } from 'react-i18next';
import type { Drivers } from '@/api/client';
import { Help } from '@/ui/help';
import { useFormat } from '@/ui/use-format';
import { reachOf, usualChange } from './drivers';
import classes from './drivers.module.css';
import listening from './listening.module.css';
import { useDriverText } from './use-driver-text';

/** What goes with the outcome, the most important first, each with its interval around no change. */
export function DriversList({ answer }: { answer: Drivers }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useDriverText(answer.outcome);
  const reach = reachOf(answer.drivers);
  const at = (change: number) => `${50 + (change / reach) * 48}%`;
  return (
    <section className={`card ${listening.card}`}>
      <h2>
        {t('listening.drivers.list.title')} <Help term="importance" />
      </h2>
      <ol className={classes.list}>
        {answer.drivers.map((driver) => {
          const change = usualChange(driver);
          const step = change.value < 0 ? 2 : 8;
          return (
            <li key={`${driver.kind} ${driver.name} ${driver.value ?? ''}`} data-found={driver.is_found || undefined}>
              <span className={classes.name}>
                {text.name(driver)}
                <span className="small">
                  {t('listening.drivers.list.importance', { share: format.share(driver.importance) })}
                </span>
              </span>
              <span className={`${listening.strip} ${classes.across}`} aria-hidden="true">
                <span className={listening.whole} style={{ left: '50%' }} />
                <span
                  className={listening.bar}
                  style={{ left: at(change.low), right: `calc(100% - ${at(change.high)})` }}
                />
                <span
                  className={listening.dot}
                  style={{
                    left: at(change.value),
                    background: driver.is_found ? `var(--experience-${step})` : 'var(--raised)',
                  }}
                />
              </span>
              <span className={classes.change}>
                <b>{text.change(driver)}</b>
                <span className="small">{text.between(driver)}</span>
              </span>
              <span className={classes.found}>
                {driver.is_found ? t('listening.drivers.list.found') : t('listening.drivers.list.notFound')}
              </span>
            </li>
          );
        })}
      </ol>
      <p className="small">{t('listening.drivers.list.say')}</p>
    </section>
  );
}
