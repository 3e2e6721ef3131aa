import type { SearchSchemaInput } from '@tanstack/react-router';
import { COMPARISONS } from '@/app/period';
import { readChannels } from '@/app/scope';
import { MODELS, type Model, TOUCHES, type Touch } from './attribution';
import { type Behind, readBehind } from './behind';
import { ANCHORS, type Anchor, type By, PERIODS, STEP_ORDERS, type StepOrder, WINDOWS, type Window } from './defaults';
import { type EffortMeasure, MEASURES_OF_EFFORT } from './effort';

export const VIEWS = ['map', 'paths', 'funnel', 'retention', 'attribution', 'effort', 'frictions'] as const;
export type View = (typeof VIEWS)[number];

export const MEASURES = ['customers', 'time', 'change'] as const;
export type Measure = (typeof MEASURES)[number];

/** What an answer can be compared with: another period, other channels, another segment, or everybody outside the segment. */
export const AGAINST = [...COMPARISONS, 'channels', 'segment', 'rest'] as const;
export type Against = (typeof AGAINST)[number];

export interface ExplorerSearch {
  view: View;
  /** As tables instead of pictures. */
  table?: boolean;
  /** How much of the map is shown, 0 to 100. */
  detail?: number;
  /** What the lines of the map tell. */
  measure?: Measure;
  /** The activity with which paths start, or by which customers are new; of who comes back, any when there is none. */
  start?: string;
  /** Where paths are held; they start with the activity unless told. */
  anchor?: Anchor;
  /** Whether paths end with the visit. */
  inVisit?: boolean;
  /** Whether an activity that directly repeats itself counts once. */
  collapsed?: boolean;
  /** Activities of a path, the first included. */
  length?: number;
  /** Paths that are drawn one by one. */
  top?: number;
  /** The steps of the funnel. */
  steps?: string[];
  window?: Window;
  /** How the steps follow each other; in order, with other things between them, unless told. */
  stepOrder?: StepOrder;
  /** Whether the window limits each step after the one before it, not the whole. */
  betweenSteps?: boolean;
  /** Whether each time that somebody begins is counted too. */
  entries?: boolean;
  /** What must not happen between two steps. */
  without?: string[];
  /** `channel`, `unit` or a property, of which each value has a funnel of its own. */
  breakdown?: string;
  /** What those come back for; for anything when there is none. */
  back?: string;
  /** The periods of the calendar by which is counted who comes back. */
  by?: By;
  /** Whether those count as back in a period too who come back later. */
  later?: boolean;
  /** Who is new, stays, comes back and stays away, instead of cohorts. */
  lifeCycle?: boolean;
  /** The activity of which it is asked what led to it, or what it takes to reach it. */
  outcome?: string;
  /** How long before it something may lie that led to it. */
  lookBack?: Window;
  /** What is credited with it. */
  touch?: Touch;
  /** By which model what is credited is sorted. */
  model?: Model;
  /** Touches that the chain of removal effects remembers. */
  memory?: number;
  /** Whether touches before an earlier outcome count too. */
  everyTouch?: boolean;
  /** What begins what may be abandoned before the goal. */
  begins?: string;
  /** How long after a friction customers have to stay. */
  horizon?: Window;
  /** The measure of effort that is looked at. */
  effort?: EffortMeasure;
  against?: Against;
  /** The step, from 1, of which it is shown what those did next who dropped out there. */
  after?: number;
  /** The element of the picture whose customers are listed. */
  behind?: Behind;
  /** The kept question with which this one began. */
  saved?: string;
  /** The channels to compare with. */
  others?: string[];
  /** Of whose customers it is asked; of everybody when there is none. */
  segment?: string;
  /** The segment to compare with. */
  otherSegment?: string;
}

type Given = Partial<ExplorerSearch> & SearchSchemaInput;

function oneOf<T extends string>(values: readonly T[], given: unknown): T | undefined {
  return values.find((value) => value === given);
}

function whole(given: unknown, least: number, most: number): number | undefined {
  return typeof given === 'number' && Number.isInteger(given) && given >= least && given <= most ? given : undefined;
}

function segmentId(given: unknown): string | undefined {
  return typeof given === 'string' && /^seg_\d+$/.test(given) ? given : undefined;
}

/** Reads the question from the address; what cannot be read is left out, so that an old link still opens. */
export function readExplorerSearch(given: Given): ExplorerSearch {
  const search: ExplorerSearch = {
    view: oneOf(VIEWS, given.view) ?? 'map',
    table: given.table === true ? true : undefined,
    detail: whole(given.detail, 0, 100),
    measure: oneOf(MEASURES, given.measure),
    start: typeof given.start === 'string' ? given.start : undefined,
    anchor: oneOf(ANCHORS, given.anchor),
    inVisit: given.inVisit === true ? true : undefined,
    collapsed: given.collapsed === true ? true : undefined,
    length: whole(given.length, 3, 10),
    top: whole(given.top, 1, 60),
    steps: Array.isArray(given.steps) ? given.steps.filter((step) => typeof step === 'string').slice(0, 32) : undefined,
    window: oneOf(WINDOWS, given.window),
    stepOrder: oneOf(STEP_ORDERS, given.stepOrder),
    betweenSteps: given.betweenSteps === true ? true : undefined,
    entries: given.entries === true ? true : undefined,
    without: Array.isArray(given.without)
      ? given.without.filter((each) => typeof each === 'string').slice(0, 8)
      : undefined,
    breakdown: typeof given.breakdown === 'string' && given.breakdown !== '' ? given.breakdown : undefined,
    back: typeof given.back === 'string' ? given.back : undefined,
    by: oneOf(PERIODS, given.by),
    later: given.later === true ? true : undefined,
    lifeCycle: given.lifeCycle === true ? true : undefined,
    outcome: typeof given.outcome === 'string' ? given.outcome : undefined,
    lookBack: oneOf(WINDOWS, given.lookBack),
    touch: oneOf(TOUCHES, given.touch),
    model: oneOf(MODELS, given.model),
    memory: whole(given.memory, 1, 3),
    everyTouch: given.everyTouch === true ? true : undefined,
    begins: typeof given.begins === 'string' ? given.begins : undefined,
    horizon: oneOf(WINDOWS, given.horizon),
    effort: oneOf(MEASURES_OF_EFFORT, given.effort),
    against: oneOf(AGAINST, given.against),
    after: whole(given.after, 1, 31),
    behind: readBehind(given.behind),
    saved: typeof given.saved === 'string' && /^que_\d+$/.test(given.saved) ? given.saved : undefined,
    others: readChannels(given.others),
    segment: segmentId(given.segment),
    otherSegment: segmentId(given.otherSegment),
  };
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined),
  ) as unknown as ExplorerSearch;
}
