/**
 * What the service refused, or that it could not be reached. `status` 0: no answer at all.
 * `code` is the word that pages branch on (`stale`, `notAdmin`, …), `detail` is for people.
 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string | null = null,
    /** The whole answer: a stale write tells here what is now. */
    readonly body: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail ?? code);
  }

  static unreachable(): ApiProblem {
    return new ApiProblem(0, 'unreachable');
  }

  static ended(): ApiProblem {
    return new ApiProblem(401, 'ended');
  }

  /** Of a refusal: from its ProblemDetails where it has one. Never fails. */
  static async of(response: Response): Promise<ApiProblem> {
    let body: Record<string, unknown> = {};
    try {
      const parsed: unknown = await response.json();
      if (typeof parsed === 'object' && parsed !== null) body = parsed as Record<string, unknown>;
    } catch {
      // A proxy in between answers with a page of its own: the status says enough.
    }
    const text = (key: string) => (typeof body[key] === 'string' ? body[key] : null);
    return new ApiProblem(response.status, text('code') ?? `http${response.status}`, text('detail') ?? text('title'), body);
  }

  /** Whether waiting alone may mend it. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Any failure as a problem: what is not one of ours is a mistake of the page itself. */
export function asProblem(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : new ApiProblem(-1, 'page', error instanceof Error ? error.message : String(error));
}
