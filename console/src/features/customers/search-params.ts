import type { SearchSchemaInput } from '@tanstack/react-router';

type Given<T> = Partial<T> & SearchSchemaInput;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

export interface CustomersSearch {
  /** What is searched for: any identifier. */
  q?: string;
}

export function readCustomersSearch(search: Given<CustomersSearch>): CustomersSearch {
  const q = text(search.q);
  return q ? { q } : {};
}

export interface CustomerSearch {
  channel?: string;
  kind?: string;
}

export function readCustomerSearch(search: Given<CustomerSearch>): CustomerSearch {
  const channel = text(search.channel);
  const kind = text(search.kind);
  return { ...(channel ? { channel } : {}), ...(kind ? { kind } : {}) };
}
