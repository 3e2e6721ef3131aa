// The open link of a survey, as an address and on a card. Pure.

/** The open link of a survey with what its answers are about. */
export function openLink(link: string, about: { touchpoint?: string; unit?: string }): string {
  const fields = new URLSearchParams();
  if (about.touchpoint) fields.set('touchpoint', about.touchpoint);
  if (about.unit) fields.set('unit', about.unit);
  const query = fields.toString();
  return query === '' ? link : `${link}?${query}`;
}

/** What a printed card says below its code, in the language of the card and not of who prints it; English where it has none in that. */
export function cardWords(language: string): string {
  const isSpanish = language.split('-')[0] === 'es';
  return isSpanish ? 'Se contesta con la cámara del teléfono.' : 'Point your phone’s camera here to answer.';
}
