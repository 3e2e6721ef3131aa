import type { SearchSchemaInput } from '@tanstack/react-router';

/** The metrics that come with the program. */
export const SHIPPED_METRICS = ['nps', 'csat', 'ces', 'rating'] as const;
/** Any metric's, also one that the organisation defined. */
export type MetricName = string;
export const EVERY = ['day', 'week', 'month'] as const;
export type Every = (typeof EVERY)[number];
/** What answers are told apart by. */
export const WAYS = ['touchpoint', 'channel', 'unit'] as const;
export type Way = (typeof WAYS)[number];

/** What is asked about scores, in the address; what is not there is as usual. */
export interface ScoresSearch {
  metric?: MetricName;
  every?: Every;
  by?: Way;
  /** Only customers of this segment. */
  segment?: string;
  /** Only answers to this survey, by name. */
  survey?: string;
  table?: true;
}

export const DEFAULT_METRIC: MetricName = 'nps';
export const DEFAULT_EVERY: Every = 'week';
export const DEFAULT_WAY: Way = 'touchpoint';

/** What may be moved, beside the metrics of the organisation: an answer, and what the customer did in the month after it. */
export const OUTCOMES = [...SHIPPED_METRICS, 'return_30d', 'spend_30d'] as const;
export type OutcomeName = string;
/** Where variables come from. */
export const AMONG = ['lived', 'answers', 'topics'] as const;
export type Among = (typeof AMONG)[number];
/** How long before an answer counts what was lived, in days. */
export const BEFORE = [7, 14, 30, 90] as const;

/** What is asked about drivers, in the address; what is not there is as usual. */
export interface DriversSearch {
  of?: OutcomeName;
  among?: Among;
  before?: number;
  survey?: string;
  segment?: string;
  table?: true;
}

export const DEFAULT_OUTCOME: OutcomeName = 'nps';
export const DEFAULT_BEFORE = 14;

/** The name of a metric, where a text can be one. */
const readMetric = (text: unknown): MetricName | undefined =>
  typeof text === 'string' && /^[a-z][a-z0-9_]{0,39}$/.test(text) ? text : undefined;

export function readDriversSearch(search: Record<string, unknown> & SearchSchemaInput): DriversSearch {
  const read: DriversSearch = {};
  const of = readMetric(search.of);
  const among = AMONG.find((each) => each === search.among);
  const before = BEFORE.find((each) => each === search.before);
  if (of) read.of = of;
  if (among) read.among = among;
  if (before) read.before = before;
  if (typeof search.survey === 'string' && search.survey !== '') read.survey = search.survey;
  if (typeof search.segment === 'string' && search.segment !== '') read.segment = search.segment;
  if (search.table === true) read.table = true;
  return read;
}

/** Reads the question; what it does not know is left out. */
export function readScoresSearch(search: Record<string, unknown> & SearchSchemaInput): ScoresSearch {
  const read: ScoresSearch = {};
  const metric = readMetric(search.metric);
  const every = EVERY.find((each) => each === search.every);
  const by = WAYS.find((each) => each === search.by);
  if (metric) read.metric = metric;
  if (every) read.every = every;
  if (by) read.by = by;
  if (typeof search.segment === 'string' && search.segment !== '') read.segment = search.segment;
  if (typeof search.survey === 'string' && search.survey !== '') read.survey = search.survey;
  if (search.table === true) read.table = true;
  return read;
}
