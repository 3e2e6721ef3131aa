/** A refusal of the server (RFC 9457), or a server that cannot be reached. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly requestId: string | null,
  ) {
    super(detail);
    this.name = 'Problem';
  }
}

const UNREACHABLE = 0;

export function isUnreachable(problem: Problem): boolean {
  return problem.status === UNREACHABLE;
}

export function unreachable(cause: unknown): Problem {
  return new Problem(UNREACHABLE, 'unreachable', cause instanceof Error ? cause.message : String(cause), null);
}

/** Reads what a refusal says; a proxy in between may answer something that is no problem document. */
export async function problemOf(response: Response): Promise<Problem> {
  const requestId = response.headers.get('x-request-id');
  const said: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  const text = (name: string): string | null => {
    const value = said && typeof said === 'object' ? (said as Record<string, unknown>)[name] : null;
    return typeof value === 'string' ? value : null;
  };
  return new Problem(
    response.status,
    text('code') ?? `http_${response.status}`,
    text('detail') ?? response.statusText,
    text('request_id') ?? requestId,
  );
}

export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : unreachable(error);
}
