// Charts and graphs are heavy: each view comes when it is looked at.

export const VIEW_MODULES = {
  behind: () => import('./behind-view'),
  map: () => import('./map-view'),
  paths: () => import('./paths-view'),
  funnel: () => import('./funnel-view'),
  retention: () => import('./retention-view'),
  lifeCycle: () => import('./life-cycle-view'),
  attribution: () => import('./attribution-view'),
  effort: () => import('./effort-view'),
  frictions: () => import('./frictions-view'),
};

export type Picture = keyof typeof VIEW_MODULES;

/** What a question is answered with: the customers behind an element, when it is opened, or else the view. */
export function pictureOf({
  view,
  behind,
  lifeCycle,
}: {
  view: string;
  behind?: unknown;
  lifeCycle?: boolean;
}): Picture {
  if (behind) return 'behind';
  if (view === 'retention' && lifeCycle) return 'lifeCycle';
  return view in VIEW_MODULES ? (view as Picture) : 'map';
}

export function viewModuleOf(question: Parameters<typeof pictureOf>[0]): () => Promise<unknown> {
  return VIEW_MODULES[pictureOf(question)];
}
