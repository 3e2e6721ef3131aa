import type { SearchSchemaInput } from '@tanstack/react-router';
import { COMPARISONS } from '@/app/period';
import { readChannels } from '@/app/scope';
import { type Behind, readBehind } from './behind';
import { WINDOWS, type Window } from './defaults';

export const VIEWS = ['map', 'paths', 'funnel'] as const;
export type View = (typeof VIEWS)[number];

export const MEASURES = ['customers', 'time', 'change'] as const;
export type Measure = (typeof MEASURES)[number];

/** What an answer can be compared with: another period, or other channels. */
export const AGAINST = [...COMPARISONS, 'channels'] as const;
export type Against = (typeof AGAINST)[number];

export interface ExplorerSearch {
  view: View;
  /** As tables instead of pictures. */
  table?: boolean;
  /** How much of the map is shown, 0 to 100. */
  detail?: number;
  /** What the lines of the map tell. */
  measure?: Measure;
  /** The activity with which paths start. */
  start?: string;
  /** Activities of a path, the first included. */
  length?: number;
  /** Paths that are drawn one by one. */
  top?: number;
  /** The steps of the funnel. */
  steps?: string[];
  window?: Window;
  against?: Against;
  /** The step, from 1, of which it is shown what those did next who dropped out there. */
  after?: number;
  /** The element of the picture whose customers are listed. */
  behind?: Behind;
  /** The kept question with which this one began. */
  saved?: string;
  /** The channels to compare with. */
  others?: string[];
}

type Given = Partial<ExplorerSearch> & SearchSchemaInput;

function oneOf<T extends string>(values: readonly T[], given: unknown): T | undefined {
  return values.find((value) => value === given);
}

function whole(given: unknown, least: number, most: number): number | undefined {
  return typeof given === 'number' && Number.isInteger(given) && given >= least && given <= most ? given : undefined;
}

/** Reads the question from the address; what cannot be read is left out, so that an old link still opens. */
export function readExplorerSearch(given: Given): ExplorerSearch {
  const search: ExplorerSearch = {
    view: oneOf(VIEWS, given.view) ?? 'map',
    table: given.table === true ? true : undefined,
    detail: whole(given.detail, 0, 100),
    measure: oneOf(MEASURES, given.measure),
    start: typeof given.start === 'string' ? given.start : undefined,
    length: whole(given.length, 3, 10),
    top: whole(given.top, 1, 60),
    steps: Array.isArray(given.steps) ? given.steps.filter((step) => typeof step === 'string').slice(0, 32) : undefined,
    window: oneOf(WINDOWS, given.window),
    against: oneOf(AGAINST, given.against),
    after: whole(given.after, 1, 31),
    behind: readBehind(given.behind),
    saved: typeof given.saved === 'string' && /^que_\d+$/.test(given.saved) ? given.saved : undefined,
    others: readChannels(given.others),
  };
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined),
  ) as unknown as ExplorerSearch;
}
