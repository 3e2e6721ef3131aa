import { useTranslation } from 'react-i18next';
import { Help } from '@/ui/help';
import { useFormat } from '@/ui/use-format';
import { type CreditRow, longestShare, type Model, type ModelCredit, modelsOf } from './attribution';
import classes from './attribution.module.css';
import { useTouchName } from './use-touch-name';

/** Each touch with the share that each model gives it, as bars of one scale; sorted by the model that is chosen. */
export function AttributionBars({
  rows,
  all,
  sortedBy,
  onSort,
  name,
}: {
  rows: readonly CreditRow[];
  /** Those that are not drawn too: they decide the scale. */
  all: readonly CreditRow[];
  sortedBy: Model;
  onSort: (model: Model) => void;
  name: string;
}) {
  const { t } = useTranslation();
  const touchName = useTouchName();
  const models = modelsOf(all);
  const longest = longestShare(all);
  return (
    <table className={classes.bars}>
      <caption className="visually-hidden">{name}</caption>
      <thead>
        <tr>
          <th scope="col">{t(`journeys.attribution.touch.${rows[0]?.activity == null ? 'channel' : 'touchpoint'}`)}</th>
          {models.map((model) => (
            <th key={model} scope="col" aria-sort={model === sortedBy ? 'descending' : undefined}>
              <button
                type="button"
                className={classes.model}
                aria-pressed={model === sortedBy}
                onClick={() => onSort(model)}
              >
                {t(`journeys.attribution.models.${model}`)}
                {model === sortedBy && <span aria-hidden="true"> ↓</span>}
              </button>
              <Help term={`model_${model}`} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.channel} ${row.activity}`}>
            <th scope="row">{touchName(row)}</th>
            {models.map((model) => (
              <td key={model}>
                <CreditBar credit={row.credits[model]} longest={longest} isSorted={model === sortedBy} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CreditBar({ credit, longest, isSorted }: { credit: ModelCredit | null; longest: number; isSorted: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!credit) return null;
  const outcomes = t('journeys.attribution.outcomes', { n: format.number(credit.outcomes, 1) });
  const said = credit.interval
    ? `${outcomes}; ${t('journeys.attribution.interval', { low: format.share(credit.interval.low), high: format.share(credit.interval.high) })}`
    : outcomes;
  return (
    <div className={classes.credit} data-sorted={isSorted || undefined} title={said}>
      <span>{format.share(credit.share)}</span>
      <span className={classes.track} aria-hidden="true">
        {credit.share > 0 && <span className={classes.bar} style={{ width: `${(credit.share / longest) * 100}%` }} />}
      </span>
    </div>
  );
}
