import { useTranslation } from 'react-i18next';
import type { Frictions } from '@/api/client';
import { useFormat } from '@/ui/use-format';
import { BehindLink } from './behind-link';
import { ComparedLine, KindMark, pointsText } from './compared';
import compared from './compared.module.css';
import { type Friction, kindOfLoss, kindOfSpending, lossScale, readFriction } from './frictions';
import classes from './frictions.module.css';
import type { OtherFrictions } from './frictions-compared';
import funnelClasses from './funnel.module.css';
import { useFrictionName } from './use-friction-name';

/** What hinders customers, those first that cost most of them, each with its evidence. */
export function FrictionsList({
  frictions,
  spending,
  other,
  name,
}: {
  frictions: readonly Friction[];
  spending: Frictions['spending'];
  other: OtherFrictions | null;
  name: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const frictionName = useFrictionName();
  const scale = lossScale(frictions);
  return (
    <ol className={classes.list} aria-label={name}>
      {frictions.map((friction) => {
        const named = readFriction(friction.element);
        return (
          <li key={friction.element}>
            <div>
              <div className={classes.name}>
                {named ? frictionName(named, friction.threshold?.longest_ms) : friction.about.join(' › ')}
              </div>
              <div className={classes.evidence}>
                <BehindLink
                  behind={{ kind: 'friction', friction: friction.element }}
                  className={funnelClasses.link}
                  label={t('journeys.behind.see', { n: format.number(friction.customers) })}
                >
                  {t('journeys.map.customers', { count: friction.customers, n: format.number(friction.customers) })}
                </BehindLink>
                <span className="muted">
                  {t('journeys.frictions.ofAll', {
                    share: format.share(friction.share),
                    low: format.share(friction.low),
                    high: format.share(friction.high),
                  })}
                </span>
                <span className="muted">{t('journeys.frictions.times', { n: format.number(friction.times) })}</span>
              </div>
              {other && <OtherSide friction={friction} other={other} />}
            </div>
            <div className={classes.loss}>
              <Loss friction={friction} at={scale.at} />
              <Spending friction={friction} currency={spending?.currency ?? undefined} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** Which share of the customers of the other side met it. */
function OtherSide({ friction, other }: { friction: Friction; other: OtherFrictions }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { element, threshold } = friction;
  const change = other.changes.get(element);
  const longest = other.there.get(element)?.threshold?.longest_ms;
  if (!change) return <p className="small">{t('journeys.frictions.tooFewThere', { name: other.name })}</p>;
  return (
    <>
      <ComparedLine change={change} name={other.name} behind={{ kind: 'friction', friction: element }} />
      {longest !== undefined && longest !== threshold?.longest_ms && (
        <p className="small">
          {t('journeys.frictions.longestThere', { name: other.name, longest: format.duration(longest) })}
        </p>
      )}
    </>
  );
}

/** What only the other side lists. */
export function FrictionsElsewhere({ other }: { other: OtherFrictions }) {
  const { t } = useTranslation();
  const format = useFormat();
  const frictionName = useFrictionName();
  const title = t('journeys.frictions.elsewhere', { name: other.name });
  if (other.gone.length === 0) return null;
  return (
    <section className={classes.elsewhere}>
      <h2>{title}</h2>
      <ul className={classes.plain} aria-label={title}>
        {other.gone.map((friction) => {
          const { element, customers, share, threshold } = friction;
          const named = readFriction(element);
          const change = other.changes.get(element);
          return (
            <li key={element}>
              <div className={classes.name}>
                {named ? frictionName(named, threshold?.longest_ms) : friction.about.join(' › ')}
              </div>
              {change ? (
                <ComparedLine change={change} name={other.name} behind={{ kind: 'friction', friction: element }} />
              ) : (
                <p className="small">
                  {t('journeys.frictions.tooFewHere', {
                    name: other.name,
                    share: format.share(share),
                    n: format.number(customers),
                  })}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** How many more are lost than of comparable customers, with the interval around zero. */
function Loss({ friction, at }: { friction: Friction; at: (difference: number) => number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { lost, comparable, observed } = friction;
  const kind = kindOfLoss(friction);
  if (!lost || kind === null) return <div className="muted">{t('journeys.frictions.notComparable')}</div>;
  const left = (difference: number) => `${at(difference) * 100}%`;
  return (
    <div>
      <div className={classes.axis} aria-hidden="true">
        <span className={classes.zero} style={{ left: left(0) }} />
        <span
          className={classes.interval}
          data-kind={kind}
          style={{ left: left(lost.difference_low), right: `${(1 - at(lost.difference_high)) * 100}%` }}
        />
        <span className={classes.dot} data-kind={kind} style={{ left: left(lost.difference) }} />
      </div>
      <span className={compared.points} data-kind={kind}>
        {kind !== 'same' && <KindMark kind={kind} />}
        {pointsText(lost.difference, format)}
      </span>{' '}
      {t('journeys.compare.interval', {
        low: pointsText(lost.difference_low, format),
        high: pointsText(lost.difference_high, format),
      })}
      <div className="small">
        {kind === 'same'
          ? t('journeys.compare.chance')
          : t(`journeys.frictions.lost.${kind}`, {
              n: format.number(Math.abs(lost.customers)),
              low: format.number(Math.min(Math.abs(lost.low), Math.abs(lost.high))),
              high: format.number(Math.max(Math.abs(lost.low), Math.abs(lost.high))),
            })}{' '}
        {t('journeys.frictions.comparable', {
          share: format.share(comparable / Math.max(1, observed)),
          n: format.number(observed),
        })}
      </div>
    </div>
  );
}

/** How much less those who met it spent than comparable customers; nothing where no amounts are known. */
function Spending({ friction, currency }: { friction: Friction; currency: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kind = kindOfSpending(friction);
  const { spent } = friction;
  if (!spent || kind === null) return null;
  const amount = (value: number) => format.amount(Math.abs(value), currency);
  const ends = [Math.abs(spent.low), Math.abs(spent.high)];
  return (
    <div className="small">
      {kind === 'same'
        ? t('journeys.frictions.spent.same', {
            low: format.amount(-spent.high, currency),
            high: format.amount(-spent.low, currency),
          })
        : t(`journeys.frictions.spent.${kind}`, {
            amount: amount(spent.less),
            low: amount(Math.min(...ends)),
            high: amount(Math.max(...ends)),
          })}
    </div>
  );
}
