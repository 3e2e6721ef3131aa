// Which module shows what an address asks for.
import { viewModuleOf } from '@/features/journeys/view-modules';

export const PAGE_MODULES = {
  home: () => import('@/features/home/home-page'),
  customers: () => import('@/features/customers/customers-page'),
  customer: () => import('@/features/customers/customer-page'),
  journeys: () => import('@/features/journeys/explorer-page'),
  scores: () => import('@/features/listening/scores-page'),
  drivers: () => import('@/features/listening/drivers-page'),
  comments: () => import('@/features/comments/comments-page'),
  topics: () => import('@/features/topics/topics-page'),
  surveys: () => import('@/features/listening/surveys-page'),
  survey: () => import('@/features/surveys/survey-page'),
  surveyEditor: () => import('@/features/surveys/editor-page'),
  sources: () => import('@/features/collect/sources-page'),
  organisation: () => import('@/features/organisation/organisation-page'),
  people: () => import('@/features/people/people-page'),
  setup: () => import('@/features/setup/setup-page'),
  invitation: () => import('@/features/setup/invitation-page'),
};

const PLACES: readonly (readonly [RegExp, keyof typeof PAGE_MODULES])[] = [
  [/^\/$/, 'home'],
  [/^\/customers\/?$/, 'customers'],
  [/^\/customers\/./, 'customer'],
  [/^\/journeys\/?$/, 'journeys'],
  [/^\/listening\/?$/, 'scores'],
  [/^\/listening\/drivers\/?$/, 'drivers'],
  [/^\/listening\/comments\/?$/, 'comments'],
  [/^\/listening\/topics\/?$/, 'topics'],
  [/^\/listening\/surveys\/?$/, 'surveys'],
  [/^\/listening\/surveys\/(new|[^/]+\/edit)\/?$/, 'surveyEditor'],
  [/^\/listening\/surveys\/[^/]+\/?$/, 'survey'],
  [/^\/settings\/sources\/?$/, 'sources'],
  [/^\/settings\/organisation\/?$/, 'organisation'],
  [/^\/settings\/people\/?$/, 'people'],
  [/^\/setup\/?$/, 'setup'],
  [/^\/invitation\/?$/, 'invitation'],
];

/** The page of an address, and the view in it; a wrong guess costs a file, as the router decides what is shown. */
export function modulesAt({ pathname, search }: { pathname: string; search: string }): (() => Promise<unknown>)[] {
  const place = PLACES.find(([path]) => path.test(pathname))?.[1];
  if (!place) return [];
  const asked = new URLSearchParams(search);
  const view = {
    view: asked.get('view') ?? 'map',
    behind: asked.get('behind'),
    lifeCycle: asked.get('lifeCycle') === 'true',
  };
  return [PAGE_MODULES[place], ...(place === 'journeys' ? [viewModuleOf(view)] : [])];
}
