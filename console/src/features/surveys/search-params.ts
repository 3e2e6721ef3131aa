import type { SearchSchemaInput } from '@tanstack/react-router';

export const SURVEY_PARTS = ['overview', 'answers', 'links', 'versions'] as const;
export type SurveyPart = (typeof SURVEY_PARTS)[number];

export interface SurveySearch {
  part?: SurveyPart;
}

export function readSurveySearch(search: Record<string, unknown> & SearchSchemaInput): SurveySearch {
  const part = SURVEY_PARTS.find((each) => each === search.part);
  return part && part !== 'overview' ? { part } : {};
}

/** What a new survey begins with: one that comes with the program, or nothing. */
export interface NewSurveySearch {
  example?: string;
}

export function readNewSurveySearch(search: Record<string, unknown> & SearchSchemaInput): NewSurveySearch {
  return typeof search.example === 'string' ? { example: search.example } : {};
}
