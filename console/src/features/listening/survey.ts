// What the console reads of a survey's file. The server has checked it; what is missing is none. Pure.
import type { SurveyCounts } from '@/api/client';

export type SurveyState = 'draft' | 'open' | 'closed';

/** A state that this console does not know takes no answers, as far as it can say. */
export function stateOf(state: string): SurveyState {
  return state === 'open' || state === 'draft' ? state : 'closed';
}

function fieldOf(file: unknown, name: string): unknown {
  return typeof file === 'object' && file !== null ? (file as Record<string, unknown>)[name] : undefined;
}

/** The title in a language, else in the first one that it has. */
export function titleOf(file: unknown, language: string): string | null {
  const title = fieldOf(file, 'title');
  const own = fieldOf(title, language);
  if (typeof own === 'string') return own;
  const other = Object.values(typeof title === 'object' && title !== null ? title : {}).find(
    (text) => typeof text === 'string',
  );
  return typeof other === 'string' ? other : null;
}

export function nameOf(file: unknown): string {
  const name = fieldOf(file, 'name');
  return typeof name === 'string' ? name : '';
}

export function questionsOf(file: unknown): number {
  const questions = fieldOf(file, 'questions');
  return Array.isArray(questions) ? questions.length : 0;
}

/** Of the answers that were begun, the share that was sent; none while nobody began. */
export function sentShare({ partial, complete }: Pick<SurveyCounts, 'partial' | 'complete'>): number | null {
  const begun = partial + complete;
  return begun === 0 ? null : complete / begun;
}
