import type { SearchSchemaInput } from '@tanstack/react-router';

/** Which topic is open, in the address; none is the list. */
export interface TopicsSearch {
  topic?: string;
  isNew?: true;
}

export function readTopicsSearch(search: Record<string, unknown> & SearchSchemaInput): TopicsSearch {
  if (search.isNew === true) return { isNew: true };
  return typeof search.topic === 'string' && search.topic !== '' ? { topic: search.topic.slice(0, 64) } : {};
}
