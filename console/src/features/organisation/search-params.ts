import type { SearchSchemaInput } from '@tanstack/react-router';

export const PARTS = ['general', 'units', 'rates'] as const;
export type Part = (typeof PARTS)[number];

export interface OrganisationSearch {
  part: Part;
}

export function readOrganisationSearch(search: Partial<OrganisationSearch> & SearchSchemaInput): OrganisationSearch {
  return { part: PARTS.find((part) => part === search.part) ?? 'general' };
}
