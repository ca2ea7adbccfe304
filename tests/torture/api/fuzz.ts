import fc from "fast-check";
import { type FuzzRequest, type FuzzRoute, fuzzRequests } from "./requests.ts";

/** What is fuzzed. */
export interface FuzzTarget {
  routes: readonly FuzzRoute[];
  /** Values of path parameters that exist. */
  ids: readonly string[];
  /** Sends it and reads the response to its end, or a stream to its beginning. */
  send(request: FuzzRequest): Promise<{ status: number }>;
  /** Every sample with its label and state, as a hash. */
  labels(): Promise<string> | string;
}

/** What came of it. */
export interface FuzzResult {
  tried: number;
  /** How many routes were sent something that they did not refuse, of all. */
  reached: { routes: number; of: number };
  /** Requests by the hundreds of their status: `{2: 300, 4: 700}`. */
  byClass: Record<number, number>;
  /** In words; each names the seed, so that it can be repeated. */
  failures: string[];
}

const SLOW_MS = 2_000;
const MAX_SHOWN = 300;

/**
 * Sends requests one after another. It fails with a 5xx, a response that takes longer than 2 s, and labels that are not
 * what they were after a request that was refused.
 */
export async function fuzz(
  target: FuzzTarget,
  { seed, count }: { seed: number; count: number },
): Promise<FuzzResult> {
  const requests = fc.sample(fuzzRequests(target.routes, target.ids), { numRuns: count, seed });
  const result: FuzzResult = {
    tried: 0,
    reached: { routes: 0, of: target.routes.length },
    byClass: {},
    failures: [],
  };
  const accepted = new Set<string>();
  let labels = await target.labels();
  for (const [i, request] of requests.entries()) {
    const fail = (what: string) =>
      result.failures.push(
        `${what}: seed ${seed}, request ${i}: ${JSON.stringify(request).slice(0, MAX_SHOWN)}`,
      );
    const startMs = performance.now();
    const { status } = await target.send(request);
    const ms = performance.now() - startMs;
    result.tried++;
    const hundreds = Math.floor(status / 100);
    result.byClass[hundreds] = (result.byClass[hundreds] ?? 0) + 1;
    if (status >= 500) fail(`status ${status}`);
    if (ms > SLOW_MS) fail(`${Math.round(ms)} ms`);
    const now = await target.labels();
    if (status >= 400 && now !== labels) fail(`status ${status} changed labels`);
    labels = now;
    if (status < 400) accepted.add(patternOf(target.routes, request));
  }
  result.reached.routes = accepted.size;
  return result;
}

/** The route that a request was made for; the most exact one that matches. */
function patternOf(routes: readonly FuzzRoute[], { method, path }: FuzzRequest): string {
  const at = path.split("?")[0]!.split("/");
  const isOf = ({ pattern }: FuzzRoute) => {
    const parts = pattern.split("/");
    return (
      parts.length === at.length &&
      parts.every((part, i) => part.startsWith(":") || part === "*" || part === at[i])
    );
  };
  const found = routes.filter((route) => route.method === method && isOf(route));
  const exact = found.toSorted((a, b) => a.pattern.split(":").length - b.pattern.split(":").length)[0];
  return `${method} ${exact?.pattern ?? "none"}`;
}
