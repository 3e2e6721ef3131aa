import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
  type SearchSchemaInput,
} from '@tanstack/react-router';
import { whoIsHere } from '@/api/session';
import { askForSources } from '@/features/collect/first-questions';
import { readSourcesSearch } from '@/features/collect/search-params';
import { askForComments } from '@/features/comments/first-questions';
import { readCommentsSearch } from '@/features/comments/search-params';
import { askForCustomer, askForCustomers } from '@/features/customers/first-questions';
import { readCustomerSearch, readCustomersSearch } from '@/features/customers/search-params';
import { askForHome } from '@/features/home/first-questions';
import { readHomeSearch } from '@/features/home/search-params';
import { askForExplorer } from '@/features/journeys/first-questions';
import { PICTURES } from '@/features/journeys/pictures';
import { readExplorerSearch } from '@/features/journeys/search-params';
import { pictureOf } from '@/features/journeys/view-modules';
import { askForDrivers, askForScores, askForSurveys } from '@/features/listening/first-questions';
import { readDriversSearch, readScoresSearch } from '@/features/listening/search-params';
import { readOrganisationSearch } from '@/features/organisation/search-params';
import { surveyQuery } from '@/features/surveys/queries';
import { readNewSurveySearch, readSurveySearch } from '@/features/surveys/search-params';
import { topicsQuery } from '@/features/topics/queries';
import { readTopicsSearch } from '@/features/topics/search-params';
import { parseAddress, writeAddress } from './address';
import { Frame } from './frame';
import { NotFound, PageFailure } from './page-failure';
import { PAGE_MODULES } from './page-modules';
import { queries } from './queries';
import { readScope, type Scope } from './scope';

type Given = Record<string, unknown> & SearchSchemaInput;

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface StaticDataRouteOption {
    /** Whether what the page shows depends on the period, so that the top bar offers it. */
    hasPeriod?: boolean;
    /** The same of the channels. */
    hasChannels?: boolean;
    /** Whether the page is for whoever is not in yet, without the frame around it. */
    isOutside?: boolean;
  }
}

/** Whether a page opens for somebody: then it asks its first questions while its files are on their way. Pointing at a link asks nothing. */
function isOpened(cause: 'enter' | 'stay' | 'preload'): boolean {
  return cause === 'enter' && whoIsHere() !== null;
}

const rootRoute = createRootRoute({
  component: Frame,
  validateSearch: (search: Given & Partial<Scope>): Scope => readScope(search),
  search: { middlewares: [retainSearchParams(['from', 'to', 'channel'])] },
  notFoundComponent: NotFound,
});

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: readHomeSearch,
  beforeLoad: ({ cause }) => {
    if (isOpened(cause)) askForHome(queries);
  },
  component: lazyRouteComponent(PAGE_MODULES.home, 'HomePage'),
});

const customersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/customers',
  validateSearch: readCustomersSearch,
  beforeLoad: ({ cause, search }) => {
    if (isOpened(cause)) askForCustomers(queries, search);
  },
  component: lazyRouteComponent(PAGE_MODULES.customers, 'CustomersPage'),
});

const customerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/customers/$customer',
  validateSearch: readCustomerSearch,
  staticData: { hasPeriod: true, hasChannels: true },
  loader: ({ cause, params }) => (isOpened(cause) ? askForCustomer(queries, params.customer) : undefined),
  component: lazyRouteComponent(PAGE_MODULES.customer, 'CustomerPage'),
});

const journeysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/journeys',
  validateSearch: readExplorerSearch,
  staticData: { hasPeriod: true, hasChannels: true },
  beforeLoad: ({ cause, search }) => {
    if (isOpened(cause)) askForExplorer(queries, search);
  },
  loaderDeps: ({ search }) => ({ picture: pictureOf(search) }),
  // A page that opens waits for its view as it does for itself; another view is shown at once, as on its way.
  loader: ({ cause, deps }) => (cause === 'stay' ? undefined : PICTURES[deps.picture].preload?.()),
  component: lazyRouteComponent(PAGE_MODULES.journeys, 'ExplorerPage'),
});

const scoresRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/listening',
  validateSearch: readScoresSearch,
  staticData: { hasPeriod: true, hasChannels: true },
  beforeLoad: ({ cause, search }) => {
    if (isOpened(cause)) askForScores(queries, search);
  },
  component: lazyRouteComponent(PAGE_MODULES.scores, 'ScoresPage'),
});

const driversRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/listening/drivers',
  validateSearch: readDriversSearch,
  staticData: { hasPeriod: true, hasChannels: true },
  beforeLoad: ({ cause, search }) => {
    if (isOpened(cause)) askForDrivers(queries, search);
  },
  component: lazyRouteComponent(PAGE_MODULES.drivers, 'DriversPage'),
});

const commentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/listening/comments',
  validateSearch: readCommentsSearch,
  staticData: { hasPeriod: true, hasChannels: true },
  beforeLoad: ({ cause, search }) => {
    if (isOpened(cause)) askForComments(queries, search);
  },
  component: lazyRouteComponent(PAGE_MODULES.comments, 'CommentsPage'),
});

const topicsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/listening/topics',
  validateSearch: readTopicsSearch,
  beforeLoad: ({ cause }) => {
    if (isOpened(cause)) void queries.prefetchQuery(topicsQuery);
  },
  component: lazyRouteComponent(PAGE_MODULES.topics, 'TopicsPage'),
});

const surveysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/listening/surveys',
  beforeLoad: ({ cause }) => {
    if (isOpened(cause)) askForSurveys(queries);
  },
  component: lazyRouteComponent(PAGE_MODULES.surveys, 'SurveysPage'),
});

const surveyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/listening/surveys/$survey',
  validateSearch: readSurveySearch,
  beforeLoad: ({ cause, params }) => {
    if (isOpened(cause)) void queries.prefetchQuery(surveyQuery(params.survey));
  },
  component: lazyRouteComponent(PAGE_MODULES.survey, 'SurveyPage'),
});

const newSurveyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/listening/surveys/new',
  validateSearch: readNewSurveySearch,
  component: lazyRouteComponent(PAGE_MODULES.surveyEditor, 'NewSurveyPage'),
});

const editSurveyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/listening/surveys/$survey/edit',
  component: lazyRouteComponent(PAGE_MODULES.surveyEditor, 'EditSurveyPage'),
});

const sourcesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/sources',
  validateSearch: readSourcesSearch,
  beforeLoad: ({ cause, search }) => {
    if (isOpened(cause)) askForSources(queries, search);
  },
  component: lazyRouteComponent(PAGE_MODULES.sources, 'SourcesPage'),
});

const organisationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/organisation',
  validateSearch: readOrganisationSearch,
  component: lazyRouteComponent(PAGE_MODULES.organisation, 'OrganisationPage'),
});

const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/people',
  component: lazyRouteComponent(PAGE_MODULES.people, 'PeoplePage'),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  staticData: { isOutside: true },
  component: lazyRouteComponent(PAGE_MODULES.setup, 'SetupPage'),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  staticData: { isOutside: true },
  component: lazyRouteComponent(PAGE_MODULES.invitation, 'InvitationPage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    customersRoute,
    customerRoute,
    journeysRoute,
    scoresRoute,
    driversRoute,
    commentsRoute,
    topicsRoute,
    surveysRoute,
    surveyRoute,
    newSurveyRoute,
    editSurveyRoute,
    sourcesRoute,
    organisationRoute,
    peopleRoute,
    setupRoute,
    invitationRoute,
  ]),
  parseSearch: parseAddress,
  stringifySearch: writeAddress,
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailure,
  scrollRestoration: true,
});
