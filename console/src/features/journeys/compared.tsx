import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Help } from '@/ui/help';
import { ProblemState } from '@/ui/states';
import { type Format, useFormat } from '@/ui/use-format';
import type { Behind } from './behind';
import { BehindLink } from './behind-link';
import classes from './compared.module.css';
import type { Change } from './comparison';

/** What is said instead of comparing where that is not possible; that the other side is on its way says the progress. */
export function OtherState({ query, name, isEmpty }: { query: UseQueryResult; name: string; isEmpty: boolean }) {
  const { t } = useTranslation();
  if (query.isError) return <ProblemState error={query.error} onRetry={() => void query.refetch()} />;
  const isWaiting = query.data === undefined || query.isPlaceholderData;
  if (isWaiting || !isEmpty) return null;
  return (
    <p className={classes.other} role="status">
      {t('journeys.compare.nobody', { name })}
    </p>
  );
}

/** A difference of two shares in percentage points, with its sign: `+2,5`. */
export function pointsText(share: number, format: Format): string {
  const points = format.number(Math.abs(share) * 100, 1);
  return share < 0 ? `−${points}` : `+${points}`;
}

/** The other side of a comparison in words: its share and size, the difference with its interval, and whether it is more than chance. */
export function Compared({
  change,
  name,
  behind,
}: {
  change: Change | null | undefined;
  name: string;
  /** The element compared, when the customers of the other side can be listed. */
  behind?: Behind;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!change) return null;
  const { other, difference, kind } = change;
  return (
    <div className={classes.compared} data-kind={kind}>
      <div>
        {t('journeys.compare.there', {
          name,
          share: format.share(other.part / other.whole),
          part: format.number(other.part),
          whole: format.number(other.whole),
        })}
        {behind && other.part > 0 && (
          <>
            {' '}
            <BehindLink behind={{ ...behind, isOther: true }} label={t('journeys.compare.seeOther', { name })}>
              {t('journeys.compare.see')}
            </BehindLink>
          </>
        )}
      </div>
      <div>
        <b className={classes.points} data-kind={kind}>
          {pointsText(difference.difference, format)}
        </b>{' '}
        {t('journeys.compare.points', {
          low: pointsText(difference.low, format),
          high: pointsText(difference.high, format),
        })}{' '}
        <Help term="interval" />
      </div>
      <div className="small">{t(kind === 'same' ? 'journeys.compare.chance' : 'journeys.compare.real')}</div>
    </div>
  );
}

/** The same in one line, where many stand below each other: what may be chance is muted. */
export function ComparedLine({
  change,
  name,
  lead,
  behind,
}: {
  change: Change;
  name: string;
  /** What is compared, where the line does not stand under it. */
  lead?: string;
  behind?: Behind;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { other, difference, kind } = change;
  const share = t('journeys.compare.side', { name, share: format.share(other.part / other.whole) });
  return (
    <div className={classes.line} data-kind={kind}>
      {lead && <span>{lead}</span>}
      {behind && other.part > 0 ? (
        <BehindLink behind={{ ...behind, isOther: true }} label={t('journeys.compare.seeOther', { name })}>
          {share}
        </BehindLink>
      ) : (
        <span>{share}</span>
      )}
      <span>
        <span className={classes.points} data-kind={kind}>
          {kind !== 'same' && <KindMark kind={kind} />}
          {pointsText(difference.difference, format)}
        </span>{' '}
        {t('journeys.compare.interval', {
          low: pointsText(difference.low, format),
          high: pointsText(difference.high, format),
        })}
      </span>
    </div>
  );
}

/** The difference in a cell of a table; what may be chance is muted. */
export function ChangeCell({ change }: { change: Change | null | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!change) return <td className="number muted">{t('journeys.compare.unknown')}</td>;
  const { difference, kind } = change;
  return (
    <td className="number">
      <span className={classes.points} data-kind={kind}>
        {kind !== 'same' && <KindMark kind={kind} />}
        {pointsText(difference.difference, format)}
      </span>{' '}
      <span className="small">
        {t('journeys.compare.interval', {
          low: pointsText(difference.low, format),
          high: pointsText(difference.high, format),
        })}
      </span>
    </td>
  );
}

/** More or less, as a shape beside the colour. */
export function KindMark({ kind }: { kind: 'more' | 'less' }) {
  const { t } = useTranslation();
  return (
    <span className={classes.mark} data-kind={kind}>
      <span aria-hidden="true">{kind === 'more' ? '▲' : '▼'}</span>
      <span className="visually-hidden">{t(`journeys.compare.kinds.${kind}`)} </span>
    </span>
  );
}

/** What the paint of a compared picture means. */
export function CompareLegend({ name }: { name: string }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.legend} aria-label={t('journeys.compare.legend')}>
      {(['more', 'less', 'same'] as const).map((kind) => (
        <li key={kind}>
          <svg width="26" height="8" aria-hidden="true">
            <line x1="0" x2="26" y1="4" y2="4" className={classes.sample} data-kind={kind} />
          </svg>
          {t(`journeys.compare.legends.${kind}`, { name })}
        </li>
      ))}
    </ul>
  );
}
