// What outcomes owe to what came before them, by each model, as bars beside each other. Pure.
import type { Attribution, TouchCredit } from '@/api/client';

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
