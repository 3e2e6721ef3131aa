// What hinders customers, as rows for other programs.
import type { Frictions } from '@/api/client';
import { counts, measures, type Sheet, texts } from '@/ui/sheet';
import type { Friction } from './frictions';
import type { OtherFrictions } from './frictions-compared';

const COLUMNS = [
  ...texts('kind', 'about'),
  ...counts('customers'),
  ...measures('share', 'low', 'high'),
  ...counts('times', 'longest_ms', 'observed', 'comparable', 'comparable_lost'),
  ...measures('customers_lost', 'difference', 'difference_low', 'difference_high'),
];
/** Where amounts are known. */
const SPENT = [
  ...texts('spent_in'),
  ...measures('spent_per_customer', 'spent_less', 'spent_less_low', 'spent_less_high'),
];
/** What each side costs is computed for itself: it stands beside the other, without a difference. */
const COMPARED = [
  ...counts('compared_customers'),
  ...measures('compared_share', 'share_difference', 'share_difference_low', 'share_difference_high'),
  ...counts('compared_longest_ms'),
  ...measures('compared_difference', 'compared_difference_low', 'compared_difference_high'),
];

const numbers = (friction: Friction) => [
  friction.kind,
  friction.about.join(' > '),
  friction.customers,
  friction.share,
  friction.low,
  friction.high,
  friction.times,
  friction.threshold?.longest_ms,
  friction.observed,
  friction.comparable,
  friction.comparable_lost,
  friction.lost?.customers,
  friction.lost?.difference,
  friction.lost?.difference_low,
  friction.lost?.difference_high,
];

const spentNumbers = ({ spent }: Friction, unit: string) => [
  unit,
  spent?.per_customer,
  spent?.less,
  spent?.low,
  spent?.high,
];

/** What the other side alone lists; how many met it here is said where that is known. */
const elsewhere = (
  { kind, about }: Friction,
  columns: Sheet['columns'],
  known: number | undefined,
  share: number | undefined,
) => [kind, about.join(' > '), known, share, ...columns.slice(4).map(() => null)];

export function frictionsSheet({ frictions, spending }: Frictions, other: OtherFrictions | null): Sheet {
  const name = 'vivencia-frictions';
  const unit = spending && (spending.currency ?? spending.property);
  const own = [...COLUMNS, ...(unit ? SPENT : [])];
  const ownNumbers = (friction: Friction) => [...numbers(friction), ...(unit ? spentNumbers(friction, unit) : [])];
  if (!other) return { name, columns: own, rows: frictions.map(ownNumbers) };
  const compared = (element: string) => {
    const change = other.changes.get(element);
    const there = other.there.get(element);
    return [
      there?.customers ?? change?.other.part,
      there?.share ?? (change && change.other.part / change.other.whole),
      change?.difference.difference,
      change?.difference.low,
      change?.difference.high,
      there?.threshold?.longest_ms,
      there?.lost?.difference,
      there?.lost?.difference_low,
      there?.lost?.difference_high,
    ];
  };
  const gone = other.gone.map((friction) => {
    const now = other.changes.get(friction.element)?.now;
    return [...elsewhere(friction, own, now?.part, now && now.part / now.whole), ...compared(friction.element)];
  });
  return {
    name,
    columns: [...own, ...COMPARED],
    rows: [...frictions.map((friction) => [...ownNumbers(friction), ...compared(friction.element)]), ...gone],
  };
}
