import type { QueryClient } from '@tanstack/react-query';
import { channelsQuery } from '@/app/channels';
import { organisationQuery } from '@/app/organisation';
import { type Scope, scopeOf } from '@/app/scope';
import { commentsQuery, newsQuery, themesQuery } from './queries';
import { type CommentsSearch, DEFAULT_EVERY, DEFAULT_VIEW } from './search-params';

/** Asks what the page of comments asks at an address before it is drawn. */
export function askForComments(queries: QueryClient, search: CommentsSearch & Scope) {
  const { view = DEFAULT_VIEW, q, sort, topic, sentiment, group, every = DEFAULT_EVERY } = search;
  const question = { topic, sentiment, group, ...scopeOf(search) };
  if (view === 'search') void queries.prefetchInfiniteQuery(commentsQuery({ q, sort, ...question }));
  if (view === 'themes') void queries.prefetchQuery(themesQuery(every, { sentiment, group, ...scopeOf(search) }));
  if (view === 'news') void queries.prefetchQuery(newsQuery(question));
  void queries.prefetchQuery(organisationQuery);
  void queries.prefetchQuery(channelsQuery);
}
