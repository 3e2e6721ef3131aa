/** The number by which the server allows styles that are made at run time; a new one for each answer of it. */
export function pageNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}
