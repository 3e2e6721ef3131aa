import type { QueryClient } from '@tanstack/react-query';
import { channelsQuery } from '@/app/channels';
import { organisationQuery } from '@/app/organisation';
import { customerQuery, customersQuery } from './queries';
import type { CustomersSearch } from './search-params';

export function askForCustomers(queries: QueryClient, { q }: CustomersSearch) {
  void queries.prefetchInfiniteQuery(customersQuery(q));
  void queries.prefetchQuery(organisationQuery);
}

/** Answers when it is known who it is. What the customer lived takes longer to draw, and is asked for once that is on the page. */
export function askForCustomer(queries: QueryClient, id: string): Promise<void> {
  void queries.prefetchQuery(organisationQuery);
  void queries.prefetchQuery(channelsQuery);
  return queries.prefetchQuery(customerQuery(id));
}
