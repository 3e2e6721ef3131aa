import { createContext, useContext } from 'react';
import { type Json, type Place, problemsAt } from './document';
import type { SurveyProblem } from './use-check';

export interface Editing {
  file: Json;
  languages: readonly string[];
  problems: readonly SurveyProblem[];
  findings: readonly SurveyProblem[];
  /** Changes the file; changes of one field one after the other are one step back. */
  change: (file: Json, field?: string) => void;
}

const EditingContext = createContext<Editing | null>(null);
export const EditingProvider = EditingContext.Provider;

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error('a part of the editor stands outside of it');
  return editing;
}

/** Whether a field of the file has a problem of its own, and which. */
export function useProblemAt(): (place: Place) => SurveyProblem | undefined {
  const { problems } = useEditing();
  return (place) => problemsAt(problems, place)[0];
}
