import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { components } from '@/api/schema';

export type SurveyProblem = components['schemas']['SurveyProblem'];
export type SurveyPreview = components['schemas']['SurveyPreview'];
export type SurveyCheck = components['schemas']['SurveyCheck'];

/** Asks the server what it thinks of a file; nothing of it is kept. */
export function checkFile(file: unknown, language?: string, signal?: AbortSignal): Promise<SurveyCheck> {
  return answer(
    // The description of the interface calls a file an object of which it knows no field.
    api.POST('/api/v1/surveys/check', { params: { query: { language } }, body: file as Record<string, never>, signal }),
  );
}

/** What the server says of a file and how it looks; while the next answer is on its way, the one before. */
export function useCheck(file: unknown, language: string | undefined) {
  return useQuery({
    queryKey: ['surveys', 'check', language, file],
    queryFn: ({ signal }) => checkFile(file, language, signal),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
}
