/** Answers when the font of texts is here, or will not come. */
export const textFont = (): Promise<unknown> => document.fonts.load('12px "Inter Variable"').catch(() => undefined);
