import type { Metrics } from "../monitoring/prometheus/metrics.ts";
import type { Timers } from "../scheduler/timers.ts";
import type { Handler } from "./handler.ts";
import type { Refusals } from "./refusals.ts";

/** How much the server takes on at once. */
export interface AdmissionLimits {
  /** Requests whose response has not begun, predictions included. */
  active: number;
  /** Of them, predictions: they are what costs time, and labels and pages must still get in. */
  predicting: number;
  /**
   * How long a request counts, in milliseconds. What takes longer waits for its body, or streams: it does no work here, and
   * someone who sends bodies byte by byte must not keep others out.
   */
  countsMs: number;
  /** Refusals that are answered at once, a second; whoever asks again without waiting is answered later. */
  quickRefusals: number;
  /** How long a further refusal waits, in milliseconds. */
  holdMs: number;
  /** Refusals that may wait at a time; further ones are answered at once. */
  held: number;
}

/** 192 predictions are a third of a second of work, so that what is admitted is answered within a second. */
export const ADMISSION: AdmissionLimits = {
  ...{ active: 512, predicting: 192, countsMs: 1_000 },
  ...{ quickRefusals: 50, holdMs: 1_000, held: 20_000 },
};

/** The surroundings of the admission. */
export interface AdmissionDeps {
  refusals: Pick<Refusals, "count">;
  metrics: Pick<Metrics, "request">;
  timers: Timers;
}

const PREDICTING = /^\/(?:api\/v1\/(?:predict|explain)|v2\/models\/.*\/infer)\b/;
/** The Open Inference Protocol has another form of errors. */
const INFERENCE = /^\/v2\//;
/** A busy server, too, says how it is; assets are the same for everyone, and cached. */
const ALWAYS = /^\/(?:livez|readyz|metrics|assets\/)/;

/**
 * Refuses what is more than the server can do (503 with `Retry-After`), before anything is read of it, and at a cost of
 * some microseconds: the work that has been admitted continues at full speed. A client that does not wait sends its request
 * again as soon as it is refused, and thousands of them would take the time that the work needs. So from some number a
 * second on, refusals are answered after a second.
 */
export function admitting(handle: Handler, limits: AdmissionLimits, deps: AdmissionDeps): Handler {
  const all = new Places(limits.active, limits.countsMs);
  const predicting = new Places(limits.predicting, limits.countsMs);
  let held = 0;
  let quick = 0;
  let second = 0;

  async function refuse(request: Request): Promise<Response> {
    deps.refusals.count(503);
    deps.metrics.request({ method: request.method, route: "none", status: 503, seconds: 0 });
    const now = Math.floor(deps.timers.monotonicMs() / 1_000);
    if (now !== second) {
      second = now;
      quick = 0;
    }
    if (quick++ >= limits.quickRefusals && held < limits.held) {
      held++;
      await new Promise<void>((resolve) => deps.timers.after(limits.holdMs, resolve));
      held--;
    }
    return busyResponse(request);
  }

  return async (request, peer) => {
    const path = pathOf(request.url);
    if (ALWAYS.test(path)) return handle(request, peer);
    const nowMs = deps.timers.monotonicMs();
    const kinds = PREDICTING.test(path) ? [all, predicting] : [all];
    if (kinds.some((places) => !places.hasRoom(nowMs))) return refuse(request);
    const leave = kinds.map((places) => places.enter(nowMs));
    try {
      return await handle(request, peer);
    } finally {
      for (const end of leave) end();
    }
  };
}

/** The requests that count, in the order of their arrival. */
class Places {
  readonly #most: number;
  readonly #countsMs: number;
  readonly #since = new Map<symbol, number>();

  constructor(most: number, countsMs: number) {
    this.#most = most;
    this.#countsMs = countsMs;
  }

  /** Whether another one may enter; those that have been here for too long no longer count. */
  hasRoom(nowMs: number): boolean {
    for (const [place, sinceMs] of this.#since) {
      if (this.#since.size < this.#most || nowMs - sinceMs < this.#countsMs) break;
      this.#since.delete(place);
    }
    return this.#since.size < this.#most;
  }

  /** @returns ends it. */
  enter(nowMs: number): () => void {
    const place = Symbol();
    this.#since.set(place, nowMs);
    return () => this.#since.delete(place);
  }
}

/** The path and what follows it, without the cost of a URL. */
function pathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  return start < 0 ? "/" : url.slice(start);
}

const DETAIL = "The server is busy: it has as many requests as it can answer. Try again in a moment.";
const PROBLEM = JSON.stringify({
  type: "about:blank",
  title: "Service Unavailable",
  status: 503,
  detail: DETAIL,
});
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Busy</title><p>${DETAIL}</p><p lang="ja">サーバーが混み合っています。しばらくしてからもう一度お試しください。</p></html>`;
const HEADERS = { "retry-after": "1", "cache-control": "no-store", "x-content-type-options": "nosniff" };

function busyResponse(request: Request): Response {
  if (INFERENCE.test(pathOf(request.url)))
    return new Response(JSON.stringify({ error: DETAIL }), {
      status: 503,
      headers: { ...HEADERS, "content-type": "application/json" },
    });
  const isPage = request.headers.get("accept")?.includes("text/html") === true;
  const type = isPage ? "text/html; charset=utf-8" : "application/problem+json";
  return new Response(isPage ? PAGE : PROBLEM, {
    status: 503,
    headers: { ...HEADERS, "content-type": type },
  });
}
