// What outcomes of two populations owe to what came before them. Pure.
import type { Attribution } from '@/api/client';
import { shareInterval } from '@/ui/proportions';
import { type CreditRow, creditRows, type Model, type ModelCredit } from './attribution';
import { type Change, changeOf } from './comparison';

export interface OtherCredits {
  /** How the other side is called in words. */
  name: string;
  rows: ReadonlyMap<string, CreditRow>;
  /** The difference in the share that a model gives a touch; none where the interval is not known, as with the removal of a touch. */
  changes: ReadonlyMap<string, Readonly<Record<Model, Change | null>>>;
  /** The difference in the share of outcomes that have nothing before them. */
  withoutTouch: Change | null;
}

/** A touch by its channel, and by its activity where those are credited. */
export const touchId = ({ channel, activity }: Pick<CreditRow, 'channel' | 'activity'>) =>
  `${channel}\n${activity ?? ''}`;

const withTouch = ({ outcomes, without_touch }: Attribution) => outcomes - without_touch;

/** The touches of both sides, each with its credit on this one: what is credited with nothing here may be credited there. */
export function creditRowsOfBoth(now: Attribution, other: Attribution, sortedBy: Model): CreditRow[] {
  const rows = creditRows(now, sortedBy);
  const here = new Set(rows.map(touchId));
  const nothing: ModelCredit = { outcomes: 0, share: 0, interval: shareInterval(0, withTouch(now)) };
  const elsewhere = creditRows(other, sortedBy)
    .filter((row) => !here.has(touchId(row)))
    .map(({ channel, activity }) => ({
      channel,
      activity,
      credits: { first: nothing, last: nothing, linear: nothing, position: nothing, removal: null },
      removalEffect: null,
    }));
  return [...rows, ...elsewhere];
}

/** What the other side credits each of these touches with. */
export function otherCredits(
  rows: readonly CreditRow[],
  now: Attribution,
  { answer, name }: { answer: Attribution; name: string },
): OtherCredits {
  const there = new Map(creditRows(answer, 'linear').map((row) => [touchId(row), row]));
  const changeBy = (row: CreditRow, model: Model): Change | null => {
    const credit = row.credits[model];
    if (!credit?.interval) return null;
    const others = there.get(touchId(row))?.credits[model]?.outcomes ?? 0;
    return changeOf({ part: credit.outcomes, whole: withTouch(now) }, { part: others, whole: withTouch(answer) });
  };
  return {
    name,
    rows: there,
    changes: new Map(
      rows.map((row) => [
        touchId(row),
        {
          first: changeBy(row, 'first'),
          last: changeBy(row, 'last'),
          linear: changeBy(row, 'linear'),
          position: changeBy(row, 'position'),
          removal: null,
        },
      ]),
    ),
    withoutTouch: changeOf(
      { part: now.without_touch, whole: now.outcomes },
      { part: answer.without_touch, whole: answer.outcomes },
    ),
  };
}

/** The share that the other side gives a touch; none where that model has none. */
export function shareThere(row: CreditRow, model: Model, other: OtherCredits): number | null {
  const credits = other.rows.get(touchId(row))?.credits;
  if (credits) return credits[model]?.share ?? null;
  return model === 'removal' ? null : 0;
}
