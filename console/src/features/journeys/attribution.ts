// What outcomes owe to what came before them, by each model, as bars beside each other. Pure.
import type { Attribution, TouchCredit } from '@/api/client';
import { shareInterval } from '@/ui/proportions';
import { type Change, changeOf } from './comparison';

export const MODELS = ['first', 'last', 'linear', 'position', 'removal'] as const;
export type Model = (typeof MODELS)[number];

/** What is credited: channels, or activities on channels. */
export const TOUCHES = ['channel', 'touchpoint'] as const;
export type Touch = (typeof TOUCHES)[number];

/** Touches that are drawn unless more are asked for. */
export const TOUCHES_AT_FIRST = 12;

export interface ModelCredit {
  /** Outcomes, in parts where several touches share one. */
  outcomes: number;
  /** Of the outcomes that have a touch. */
  share: number;
  /** None where the interval is not known, as with the removal of a touch. */
  interval: { low: number; high: number } | null;
}

export interface CreditRow {
  channel: string;
  /** None where channels are credited. */
  activity: string | null;
  credits: Readonly<Record<Model, ModelCredit | null>>;
  /** Of the outcomes, the share that would be lost without it. */
  removalEffect: number | null;
}

function modelCredit(credit: TouchCredit['first'] | null | undefined): ModelCredit | null {
  if (!credit) return null;
  const { outcomes, share, low, high } = credit;
  return { outcomes, share, interval: low == null || high == null ? null : { low, high } };
}

/** The touches, those with most credit by the model first. */
export function creditRows({ credits }: Attribution, sortedBy: Model): CreditRow[] {
  const rows = credits.map((credit) => ({
    channel: credit.channel,
    activity: credit.activity ?? null,
    credits: {
      first: modelCredit(credit.first),
      last: modelCredit(credit.last),
      linear: modelCredit(credit.linear),
      position: modelCredit(credit.position),
      removal: modelCredit(credit.removal),
    },
    removalEffect: credit.removal_effect ?? null,
  }));
  return rows.sort((a, b) => (b.credits[sortedBy]?.share ?? 0) - (a.credits[sortedBy]?.share ?? 0));
}

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

/** The models that the answer tells of: removal has none where the chain would be too large. */
export function modelsOf(rows: readonly CreditRow[]): Model[] {
  return MODELS.filter((model) => rows.some(({ credits }) => credits[model] !== null));
}

/** The share whose bar is longest. */
export function longestShare(rows: readonly CreditRow[]): number {
  return Math.max(0.01, ...rows.flatMap(({ credits }) => MODELS.map((model) => credits[model]?.share ?? 0)));
}

/** The touch about which the models disagree most, in the share that they give it. */
export function mostDisputed(rows: readonly CreditRow[]): { row: CreditRow; low: Model; high: Model } | null {
  let found: { row: CreditRow; low: Model; high: Model } | null = null;
  let widest = 0;
  for (const row of rows) {
    const told = MODELS.filter((model) => row.credits[model] !== null);
    const share = (model: Model) => row.credits[model]?.share ?? 0;
    const [first] = told;
    if (first === undefined) continue;
    const low = told.reduce((least, model) => (share(model) < share(least) ? model : least), first);
    const high = told.reduce((most, model) => (share(model) > share(most) ? model : most), first);
    if (share(high) - share(low) > widest) {
      widest = share(high) - share(low);
      found = { row, low, high };
    }
  }
  return found;
}
