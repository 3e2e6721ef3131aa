/** The token of a one-time link. It stands after the `#`, which browsers keep to themselves. */
export function readToken(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? '';
}
