import { readLines } from './lines';
import { ApiProblem } from './problem';
import type { Session } from './session';

export interface RequestSetting {
  readonly signal?: AbortSignal;
}

/** The service as the pages see it. Paths begin with `/api/`. Everything throws {@link ApiProblem}. */
export interface Api {
  get<T>(path: string, setting?: RequestSetting): Promise<T>;
  /** A `Blob` goes out as it is, under its own type; everything else as JSON. */
  post<T>(path: string, body?: unknown, setting?: RequestSetting): Promise<T>;
  put<T>(path: string, body?: unknown, setting?: RequestSetting): Promise<T>;
  delete<T>(path: string, setting?: RequestSetting): Promise<T>;
  /** Newline-delimited JSON, event by event; ends when the service ends it. A line that is no JSON is left out. */
  stream<T>(path: string, onEvent: (event: T) => void, setting?: RequestSetting): Promise<void>;
  /** Saves a file; the service's name for it wins over the one given. */
  download(path: string, name: string): Promise<void>;
}

// Enough for every tab of a session; beyond it the oldest is forgotten.
const REMEMBERED = 60;

interface Remembered {
  readonly etag: string;
  readonly value: unknown;
}

export function createApi(session: Session, root = new URL('..', document.baseURI)): Api {
  const remembered = new Map<string, Remembered>();

  const addressOf = (path: string) => {
    const address = new URL(path.replace(/^\/+/, ''), root);
    // A token must not leave for another host, whatever a path is made of.
    if (address.origin !== root.origin) throw new ApiProblem(-1, 'page', `Not a path of the service: ${path}`);
    return address;
  };

  async function attempt(path: string, method: string, headers: Headers, body: BodyInit | null, signal?: AbortSignal): Promise<Response> {
    session.authorise(headers);
    try {
      return await fetch(addressOf(path), {
        method, headers, body, credentials: 'same-origin', cache: 'no-store', redirect: 'error', ...(signal ? { signal } : {}),
      });
    } catch (error) {
      if (signal?.aborted === true || error instanceof ApiProblem) throw error;
      throw ApiProblem.unreachable();
    }
  }

  async function ask(path: string, method: string, given: HeadersInit, body: BodyInit | null, signal?: AbortSignal): Promise<Response> {
    let response = await attempt(path, method, new Headers(given), body, signal);
    let problem = await problemOf(response);
    if (problem?.status === 401 || problem?.code === 'antiForgery') {
      if (!(await session.renew())) throw ApiProblem.ended();
      response = await attempt(path, method, new Headers(given), body, signal);
      problem = await problemOf(response);
      if (problem?.status === 401) throw ApiProblem.ended();
    }
    if (problem !== null) throw problem;
    return response;
  }

  async function problemOf(response: Response): Promise<ApiProblem | null> {
    return response.ok || response.status === 304 ? null : ApiProblem.of(response);
  }

  async function valueOf<T>(response: Response): Promise<T> {
    if (response.status === 204) return undefined as T;
    const text = await response.text();
    if (text === '') return undefined as T;
    try {
      return JSON.parse(text) as T;
    } catch {
      throw new ApiProblem(response.status, 'unreadable');
    }
  }

  async function get<T>(path: string, setting: RequestSetting = {}): Promise<T> {
    const known = remembered.get(path);
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (known) headers['If-None-Match'] = known.etag;
    const response = await ask(path, 'GET', headers, null, setting.signal);
    if (response.status === 304 && known) return known.value as T;
    const value = await valueOf<T>(response);
    const etag = response.headers.get('ETag');
    remembered.delete(path);
    if (etag !== null) {
      remembered.set(path, { etag, value });
      if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value!);
    }
    return value;
  }

  async function write<T>(method: string, path: string, body: unknown, setting: RequestSetting = {}): Promise<T> {
    const isFile = body instanceof Blob;
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (body !== undefined && !isFile) headers['Content-Type'] = 'application/json';
    const sent = body === undefined ? null : isFile ? body : JSON.stringify(body);
    return valueOf<T>(await ask(path, method, headers, sent, setting.signal));
  }

  return {
    get,
    post: (path, body, setting) => write('POST', path, body, setting),
    put: (path, body, setting) => write('PUT', path, body, setting),
    delete: (path, setting) => write('DELETE', path, undefined, setting),

    async stream(path, onEvent, setting = {}) {
      const response = await ask(path, 'GET', { Accept: 'application/x-ndjson' }, null, setting.signal);
      if (response.body === null) return;
      try {
        await readLines(response.body, onEvent);
      } catch (error) {
        if (setting.signal?.aborted === true) throw error;
        throw ApiProblem.unreachable();
      }
    },

    async download(path, name) {
      const response = await ask(path, 'GET', { Accept: 'text/csv, */*' }, null);
      save(await response.blob(), nameFrom(response.headers.get('Content-Disposition')) ?? name);
    },
  };
}

/** The name in `attachment; filename*=UTF-8''…` or `filename="…"`. */
export function nameFrom(disposition: string | null): string | null {
  const encoded = disposition?.match(/filename\*=UTF-8''([^;]+)/i)?.[1];
  if (encoded !== undefined) {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return null;
    }
  }
  return disposition?.match(/filename="?([^";]+)"?/i)?.[1]?.trim() ?? null;
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers read the file after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
