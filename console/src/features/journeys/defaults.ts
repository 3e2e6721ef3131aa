// What a question says where its address says nothing.
import type { Model, Touch } from './attribution';
import type { EffortMeasure } from './effort';

export const WINDOWS = ['1h', '1d', '7d', '30d', '90d', '365d'] as const;
export type Window = (typeof WINDOWS)[number];

/** Periods of the organisation's calendar. */
export const PERIODS = ['day', 'week', 'month'] as const;
export type By = (typeof PERIODS)[number];

/** Where paths are held: with which activity they start or end, which they go through, or the start of everything. */
export const ANCHORS = ['from', 'to', 'through', 'start'] as const;
export type Anchor = (typeof ANCHORS)[number];

export const STEP_ORDERS = ['strict', 'any-order'] as const;
export type StepOrder = (typeof STEP_ORDERS)[number];

export const DEFAULT_BY: By = 'week';
export const DEFAULT_LENGTH = 5;
/** Touches that the chain of removal effects may remember. */
export const MEMORIES = [1, 2, 3] as const;
export const DEFAULT_LOOK_BACK: Window = '30d';
export const DEFAULT_TOUCH: Touch = 'channel';
export const DEFAULT_MODEL: Model = 'linear';
export const DEFAULT_HORIZON: Window = '30d';
export const DEFAULT_EFFORT: EffortMeasure = 'elapsed_ms';
export const DEFAULT_WINDOW: Window = '7d';
export const DEFAULT_DETAIL = 5;
export const DEFAULT_TOP = 15;
/** More paths than are ever drawn one by one, so that moving the slider asks nothing. */
export const MOST_PATHS = 60;
