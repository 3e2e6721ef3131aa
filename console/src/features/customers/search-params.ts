import type { SearchSchemaInput } from '@tanstack/react-router';

type Given<T> = Partial<T> & SearchSchemaInput;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

export interface CustomersSearch {
  /** What is searched for: words of a name, or the beginning of any identifier. */
  q?: string;
}

export function readCustomersSearch(search: Given<CustomersSearch>): CustomersSearch {
  const q = text(search.q);
  return q ? { q } : {};
}

export interface CustomerSearch {
  kind?: string;
}

export function readCustomerSearch(search: Given<CustomerSearch>): CustomerSearch {
  const kind = text(search.kind);
  return kind ? { kind } : {};
}
