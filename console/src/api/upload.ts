import { Problem, unreachable } from './problem';
import { sessionHeaders } from './session-request';

/** Sends a file and tells how far it is, which `fetch` cannot. */
export function upload<T>(
  path: string,
  file: Blob,
  onProgress: (share: number) => void,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    for (const [name, value] of Object.entries(sessionHeaders())) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total));
    request.addEventListener('error', () => reject(unreachable(new Error('the connection broke off'))));
    request.addEventListener('abort', () => reject(unreachable(new Error('cancelled'))));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(request.response as T);
        return;
      }
      const said = (request.response ?? {}) as { code?: string; detail?: string; request_id?: string };
      reject(
        new Problem(
          request.status,
          said.code ?? `http_${request.status}`,
          said.detail ?? request.statusText,
          said.request_id ?? request.getResponseHeader('x-request-id'),
        ),
      );
    });
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
