// The page of a survey as the server wrote it, made ready for a frame. Pure.

/**
 * Puts the colours of a survey, which the server gives apart, into its page, under the number that the console's styles are allowed
 * by; and says with which question it begins.
 */
export function framedPage(page: string, style: string | null | undefined, nonce: string, begin?: string): string {
  // Functions, because a replacement with a dollar would be read as a pattern. A key of a question needs no escaping.
  const isKey = begin !== undefined && /^[a-z0-9_-]+$/.test(begin);
  const begun = isKey
    ? page.replace(/(<form [^>]*) data-preview>/, (_, form) => `${form} data-preview="${begin}">`)
    : page;
  if (!style) return begun;
  return begun.replace('</head>', () => `<style nonce="${nonce}">${style}</style>\n</head>`);
}

/** What a page in a frame says of itself. */
export type FrameMessage =
  | { state: 'asked' | 'answered' | 'refused' | 'closed' | 'escape' }
  | { state: 'language'; language: string };

/** Reads what a frame says; anybody can say anything to a window, so what is not known is nothing. */
export function readFrameMessage(data: unknown): FrameMessage | null {
  if (typeof data !== 'object' || data === null) return null;
  const { vivencia: state, language } = data as Record<string, unknown>;
  if (state === 'language') return typeof language === 'string' ? { state, language } : null;
  const known = (['asked', 'answered', 'refused', 'closed', 'escape'] as const).find((each) => each === state);
  return known ? { state: known } : null;
}
