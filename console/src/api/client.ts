import createClient, { type Middleware } from 'openapi-fetch';
import { problemOf, unreachable } from './problem';
import type { components, paths } from './schema';
import { endSession } from './session';
import { sessionHeaders } from './session-request';

const door: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(sessionHeaders())) request.headers.set(name, value);
    return request;
  },
  async onResponse({ response }) {
    if (response.ok) return response;
    const problem = await problemOf(response);
    // A session or a key that no longer opens the door is of no further use: the console asks who is there.
    if (problem.status === 401) endSession();
    throw problem;
  },
  onError({ error }) {
    return unreachable(error);
  },
};

export const api = createClient<paths>({ baseUrl: window.location.origin });
api.use(door);

/** The body of an answer; refusals have been thrown before. */
export async function answer<T>(request: Promise<{ data?: T }>): Promise<T> {
  const { data } = await request;
  if (data === undefined) throw unreachable(new Error('the server answered without a body'));
  return data;
}

type Schemas = components['schemas'];
export type Activity = Schemas['Activity'];
export type Annotation = Schemas['Annotation'];
export type Customer = Schemas['Customer'];
export type CustomerRow = Schemas['CustomerRow'];
export type Changes = Schemas['Changes'];
export type Attribution = Schemas['Attribution'];
export type ActivityChange = Schemas['ActivityChange'];
export type Comment = Schemas['Comment'];
export type CommentNews = Schemas['CommentNews'];
export type CommentThemes = Schemas['CommentThemes'];
export type CheckedTopic = Schemas['CheckedTopic'];
export type Counts = Schemas['Counts'];
export type DataFinding = Schemas['DataFinding'];
export type DeadCount = Schemas['DeadCount'];
export type DeadLetter = Schemas['DeadLetter'];
export type Effort = Schemas['Effort'];
export type ExchangeRate = Schemas['ExchangeRate'];
export type Finding = Schemas['Finding'];
export type Funnel = Schemas['Funnel'];
export type FunnelBreakdown = Schemas['FunnelBreakdown'];
export type Frictions = Schemas['Frictions'];
export type Identifier = Schemas['Identifier'];
export type IdentityChange = Schemas['IdentityChange'];
export type ImportPreview = Schemas['ImportPreview'];
export type ImportReport = Schemas['ImportReport'];
export type Driver = Schemas['Driver'];
export type Drivers = Schemas['Drivers'];
export type DriverVariable = Schemas['DriverVariable'];
export type DriverWarning = Schemas['DriverWarning'];
export type Invitation = Schemas['Invitation'];
export type LifeCycle = Schemas['LifeCycle'];
export type Key = Schemas['Key'];
export type LiveEvent = Schemas['LiveEvent'];
export type MapEdge = Schemas['MapEdge'];
export type MapNode = Schemas['MapNode'];
export type Merge = Schemas['Merge'];
export type Metric = Schemas['Metric'];
export type Organisation = Schemas['Organisation'];
export type OpenLink = Schemas['OpenLink'];
export type Over = Schemas['Over'];
export type Paths = Schemas['Paths'];
export type ProcessMap = Schemas['ProcessMap'];
export type Scored = Schemas['Scored'];
export type Scores = Schemas['Scores'];
export type Survey = Schemas['Survey'];
export type SurveyResponseRate = Schemas['SurveyResponseRate'];
export type SurveyCounts = Schemas['SurveyCounts'];
export type Unit = Schemas['Unit'];
export type Retention = Schemas['Retention'];
export type ReplayedLetter = Schemas['ReplayedLetter'];
export type SavedQuestion = Schemas['SavedQuestion'];
export type TimelineEvent = Schemas['TimelineEvent'];
export type Amounts = Schemas['Amounts'];
export type TouchCredit = Schemas['TouchCredit'];
export type Trait = Schemas['Trait'];
export type User = Schemas['User'];
export type Topic = Schemas['Topic'];
export type TopicEdit = Schemas['TopicEdit'];
