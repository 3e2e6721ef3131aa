import type { QueryClient } from '@tanstack/react-query';
import { channelsQuery } from '@/app/channels';
import { organisationQuery } from '@/app/organisation';
import { type Scope, scopeOf } from '@/app/scope';
import { segmentsQuery } from '@/features/journeys/use-segments';
import { driversQuery, metricsQuery, scoresQuery, surveysQuery } from './queries';
import {
  DEFAULT_BEFORE,
  DEFAULT_EVERY,
  DEFAULT_METRIC,
  DEFAULT_OUTCOME,
  DEFAULT_WAY,
  type DriversSearch,
  type ScoresSearch,
} from './search-params';

/** Asks what the page of scores asks at an address before it is drawn. */
export function askForScores(queries: QueryClient, search: ScoresSearch & Scope) {
  const { metric = DEFAULT_METRIC, every = DEFAULT_EVERY, by = DEFAULT_WAY, segment, survey } = search;
  const question = { metric, every, segment, survey, ...scopeOf(search) };
  void queries.prefetchQuery(scoresQuery(question));
  void queries.prefetchQuery(scoresQuery({ ...question, by }));
  void queries.prefetchQuery(metricsQuery);
  void queries.prefetchQuery(organisationQuery);
  void queries.prefetchQuery(channelsQuery);
  void queries.prefetchQuery(segmentsQuery);
}

/** Asks what the page of drivers asks at an address before it is drawn. */
export function askForDrivers(queries: QueryClient, search: DriversSearch & Scope) {
  const { of = DEFAULT_OUTCOME, among, before = DEFAULT_BEFORE, survey, segment } = search;
  void queries.prefetchQuery(driversQuery({ of, among, before, survey, segment, ...scopeOf(search) }));
  void queries.prefetchQuery(organisationQuery);
  void queries.prefetchQuery(channelsQuery);
  void queries.prefetchQuery(segmentsQuery);
}

export function askForSurveys(queries: QueryClient) {
  void queries.prefetchQuery(surveysQuery);
}
