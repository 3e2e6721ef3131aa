import type { SearchSchemaInput } from '@tanstack/react-router';

export const SURVEY_PARTS = ['overview', 'answers', 'planned', 'links', 'versions'] as const;
export type SurveyPart = (typeof SURVEY_PARTS)[number];

/** Which answers are listed: those with marks, or those without; all unless told. */
export const MARKED = ['with', 'without'] as const;
export type Marked = (typeof MARKED)[number];

export interface SurveySearch {
  part?: SurveyPart;
  marks?: Marked;
}

export function readSurveySearch(search: Record<string, unknown> & SearchSchemaInput): SurveySearch {
  const part = SURVEY_PARTS.find((each) => each === search.part);
  const marks = MARKED.find((each) => each === search.marks);
  return { ...(part && part !== 'overview' && { part }), ...(marks && { marks }) };
}

/** What a new survey begins with: one that comes with the program, or nothing. */
export interface NewSurveySearch {
  example?: string;
}

export function readNewSurveySearch(search: Record<string, unknown> & SearchSchemaInput): NewSurveySearch {
  return typeof search.example === 'string' ? { example: search.example } : {};
}
