import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
  type SearchSchemaInput,
} from '@tanstack/react-router';
import { readSourcesSearch } from '@/features/collect/search-params';
import { readCustomerSearch, readCustomersSearch } from '@/features/customers/search-params';
import { readHomeSearch } from '@/features/home/search-params';
import { readExplorerSearch } from '@/features/journeys/search-params';
import { readOrganisationSearch } from '@/features/organisation/search-params';
import { parseAddress, writeAddress } from './address';
import { Frame } from './frame';
import { NotFound, PageFailure } from './page-failure';
import { readPeriod } from './period';
import { readChannels, type Scope } from './scope';

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

const rootRoute = createRootRoute({
  component: Frame,
  validateSearch: (search: Given & Partial<Scope>): Scope => {
    const channel = readChannels(search.channel);
    return { ...readPeriod(search), ...(channel ? { channel } : {}) };
  },
  search: { middlewares: [retainSearchParams(['from', 'to', 'channel'])] },
  notFoundComponent: NotFound,
});

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: readHomeSearch,
  component: lazyRouteComponent(() => import('@/features/home/home-page'), 'HomePage'),
});

const customersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/customers',
  validateSearch: readCustomersSearch,
  component: lazyRouteComponent(() => import('@/features/customers/customers-page'), 'CustomersPage'),
});

const customerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/customers/$customer',
  validateSearch: readCustomerSearch,
  staticData: { hasPeriod: true, hasChannels: true },
  component: lazyRouteComponent(() => import('@/features/customers/customer-page'), 'CustomerPage'),
});

const journeysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/journeys',
  validateSearch: readExplorerSearch,
  staticData: { hasPeriod: true, hasChannels: true },
  component: lazyRouteComponent(() => import('@/features/journeys/explorer-page'), 'ExplorerPage'),
});

const sourcesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/sources',
  validateSearch: readSourcesSearch,
  component: lazyRouteComponent(() => import('@/features/collect/sources-page'), 'SourcesPage'),
});

const organisationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/organisation',
  validateSearch: readOrganisationSearch,
  component: lazyRouteComponent(() => import('@/features/organisation/organisation-page'), 'OrganisationPage'),
});

const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings/people',
  component: lazyRouteComponent(() => import('@/features/people/people-page'), 'PeoplePage'),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  staticData: { isOutside: true },
  component: lazyRouteComponent(() => import('@/features/setup/setup-page'), 'SetupPage'),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  staticData: { isOutside: true },
  component: lazyRouteComponent(() => import('@/features/setup/invitation-page'), 'InvitationPage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    customersRoute,
    customerRoute,
    journeysRoute,
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
