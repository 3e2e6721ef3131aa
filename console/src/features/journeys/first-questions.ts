import type { QueryClient } from '@tanstack/react-query';
import { channelsQuery } from '@/app/channels';
import { organisationQuery } from '@/app/organisation';
import { type Scope, scopeOf } from '@/app/scope';
import { funnelQuestion } from './funnel-question';
import { pathsHeld, pathsShape } from './paths-question';
import { askedOver } from './populations';
import { funnelQuery, mapQuery, pathsQuery, savedQuestionsQuery } from './queries';
import type { ExplorerSearch } from './search-params';
import { segmentsQuery } from './use-segments';
import { pictureOf } from './view-modules';

/** Asks what the explorer asks at an address before it is drawn; the views that are opened most ask their own question too. */
export function askForExplorer(queries: QueryClient, search: ExplorerSearch & Scope) {
  const asked = askedOver(scopeOf(search), search);
  const held = pathsHeld(search);
  const picture = pictureOf(search);
  if (picture === 'map') void queries.prefetchQuery(mapQuery(asked, { medians: true }));
  if (picture === 'paths' && held) void queries.prefetchQuery(pathsQuery(held, pathsShape(search), asked));
  if (picture === 'funnel' && search.steps?.length)
    void queries.prefetchQuery(funnelQuery(funnelQuestion(search), asked));
  void queries.prefetchQuery(organisationQuery);
  void queries.prefetchQuery(channelsQuery);
  void queries.prefetchQuery(segmentsQuery);
  void queries.prefetchQuery(savedQuestionsQuery);
}
