// The line to the server: JSON in, JSON out, and three ways of not getting through.

/** No connection, or a server that is away. */
export class LineDown extends Error {}
/** The session is over: the words stay here until the person has signed in again. */
export class SignedOut extends Error {}
/** The server says no. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly sentence: string;
  readonly field: string | null;
  readonly body: Record<string, unknown>;
  constructor(status: number, body: Record<string, unknown>) {
    super(String(body.sentence ?? body.code ?? status));
    this.status = status;
    this.code = String(body.code ?? status);
    this.sentence = String(body.sentence ?? "");
    this.field = typeof body.field === "string" ? body.field : null;
    this.body = body;
  }
}

type Method = "GET" | "POST" | "PUT";

export class Line {
  readonly #csrf: () => string;
  readonly #fetch: typeof fetch;

  constructor(csrf: () => string, fetcher: typeof fetch = (...args) => fetch(...args)) {
    this.#csrf = csrf;
    this.#fetch = fetcher;
  }

  get = <T>(path: string): Promise<T> => this.#ask<T>("GET", path);
  post = <T>(path: string, body: unknown): Promise<T> => this.#ask<T>("POST", path, body);
  put = <T>(path: string, body: unknown): Promise<T> => this.#ask<T>("PUT", path, body);

  /** @throws LineDown | SignedOut | Refused */
  async #ask<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const answer = await this.#send(method, path, body);
    if (answer.type === "opaqueredirect" || answer.redirected || answer.status === 401) throw new SignedOut();
    if ([502, 503, 504].includes(answer.status)) throw new LineDown(`status ${answer.status}`);
    const found = answer.status === 204 ? {} : await readJson(answer);
    if (answer.ok) return found as T;
    if (found.code === "signed_out") throw new SignedOut();
    throw new Refused(answer.status, found);
  }

  async #send(method: Method, path: string, body: unknown): Promise<Response> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (method !== "GET") Object.assign(headers, { "X-CSRFToken": this.#csrf(), "Content-Type": "application/json" });
    const sent = body === undefined ? null : JSON.stringify(body);
    try {
      return await this.#fetch(path, { method, headers, body: sent, redirect: "manual", cache: "no-store" });
    } catch (error) {
      throw new LineDown(String(error));
    }
  }
}

async function readJson(answer: Response): Promise<Record<string, unknown>> {
  try {
    return (await answer.json()) as Record<string, unknown>;
  } catch {
    if (answer.ok) throw new LineDown("no JSON");
    return { code: String(answer.status) };
  }
}
