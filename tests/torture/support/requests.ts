import { drawingOf } from "../../support/digit-strokes.ts";

/** The response to a request: 0 when the connection ended before it. */
export interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers: Headers;
}

const JSON_TYPE = { "content-type": "application/json" };

/** Sends a request, with a body as JSON; never throws. */
export async function send(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  try {
    const response = await fetch(url + path, {
      method,
      headers: body === undefined ? headers : { ...JSON_TYPE, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: jsonOf(text), headers: response.headers };
  } catch {
    return { status: 0, body: {}, headers: new Headers() };
  }
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Predicts one drawing; the seed makes it another one. */
export function predict(url: string, seed = 0): Promise<Answer> {
  return send(url, "POST", "/api/v1/predict", drawingOf(seed % 10, seed));
}

/** Stores a labelled drawing, of one of 30 writers. */
export function label(url: string, seed: number, key?: string): Promise<Answer> {
  const body = { ...drawingOf(seed % 10, seed), label: String(seed % 10), session: `s${seed % 30}` };
  return send(url, "POST", "/api/v1/samples", body, key === undefined ? {} : { "idempotency-key": key });
}

/** Starts requests at a fixed rate until `stop`, whatever the responses take. */
export class Steady {
  readonly #pending = new Set<Promise<unknown>>();
  readonly #timer: ReturnType<typeof setInterval>;
  sent = 0;

  /** @param ask starts request number `n`, from 0. */
  constructor(perSecond: number, ask: (n: number) => Promise<unknown>) {
    const startMs = performance.now();
    this.#timer = setInterval(() => {
      while (this.sent < ((performance.now() - startMs) * perSecond) / 1_000) {
        const one = ask(this.sent++).finally(() => this.#pending.delete(one));
        this.#pending.add(one);
      }
    }, 5);
  }

  /** Starts no further ones, and waits for the responses. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#pending);
  }
}
