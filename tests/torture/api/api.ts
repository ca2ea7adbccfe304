import { Database } from "bun:sqlite";
import { join } from "node:path";
import { type LivedInProject, livedInProject } from "../../support/lived-in-project.ts";
import { createTestApp } from "../../support/test-app.ts";
import { type FuzzResult, fuzz } from "./fuzz.ts";
import { type FuzzRequest, fuzzRoutes } from "./requests.ts";
import { checkWithSchemathesis, type SchemathesisResult } from "./schemathesis.ts";

/** A line of the table. */
export interface TortureResult {
  row: string;
  property: string;
  tried: string;
  /** Failures; 0 when the property holds. */
  lost: number;
  seconds: number;
  /** Failures in words, seeds, and what was skipped. */
  notes: string[];
}

const REQUESTS = 10_000;
/** A response that has not begun by then hangs; later than what counts as one, so that it is seen. */
const GIVE_UP_MS = 10_000;
/** What is not sent to a server that is still needed. */
const ENDS_THE_SERVER = "/server/quit";

/**
 * The API is what its document says, and stands what is sent to it: Schemathesis with all checks, and 10,000 fuzzed
 * requests to every route, each against the executable in a project that people have used. Takes some minutes.
 *
 * @param seed of both; printed, so that a failure can be repeated.
 */
export async function tortureApi(
  seed = Math.floor(Math.random() * 2 ** 31),
  requests = REQUESTS,
): Promise<TortureResult[]> {
  const project = await livedInProject();
  try {
    return [
      await timed(async () => fromSchemathesis(await checkWithSchemathesis(project.server.url, seed), seed)),
      await timed(async () => fromFuzz(await fuzzServer(project, seed, requests), seed)),
    ];
  } finally {
    await project.stop();
  }
}

async function timed(run: () => Promise<Omit<TortureResult, "seconds">>): Promise<TortureResult> {
  const startMs = performance.now();
  const result = await run();
  return { ...result, seconds: Math.round((performance.now() - startMs) / 1_000) };
}

function fromSchemathesis(result: SchemathesisResult, seed: number): Omit<TortureResult, "seconds"> {
  const row = {
    row: "api",
    property: "The API is what its OpenAPI document says (Schemathesis, all checks)",
  };
  if (result.missing !== null)
    return { ...row, tried: "skipped", lost: 0, notes: [`skipped: ${result.missing}`] };
  const { operations, tried, findings } = result;
  return {
    ...row,
    tried: `${operations} operations, ${tried} requests`,
    lost: findings.length,
    notes: [`seed ${seed}`, ...findings],
  };
}

function fromFuzz(
  { tried, reached, byClass, failures }: FuzzResult,
  seed: number,
): Omit<TortureResult, "seconds"> {
  const statuses = Object.entries(byClass).map(([hundreds, n]) => `${n} of ${hundreds}xx`);
  return {
    row: "14",
    property: "Fuzzed requests: 0 of 5xx, none over 2 s, no label changed by what is refused",
    tried: `${tried} requests to ${reached.of} routes, of which ${reached.routes} have accepted some`,
    lost: failures.length,
    notes: [`seed ${seed}`, statuses.join(", "), ...failures.slice(0, 20)],
  };
}

async function fuzzServer({ dir, server }: LivedInProject, seed: number, count: number): Promise<FuzzResult> {
  const { app, store } = await createTestApp();
  const document = await (await fetch(`${server.url}/api/v1/openapi.json`)).json();
  const all = fuzzRoutes(app.routes, document as Parameters<typeof fuzzRoutes>[1]);
  await store.close();
  const database = new Database(join(dir, "data/tegaki.db"), { readonly: true });
  const ids = await Promise.all(["samples", "runs"].map((list) => idsOf(server.url, list)));
  try {
    return await fuzz(
      {
        routes: all.filter(({ pattern }) => pattern !== ENDS_THE_SERVER),
        ids: [...ids.flat(), "1", "2", "digits", "tuning"],
        labels: labelsIn(database),
        send: (request) => send(server.url, request),
      },
      { seed, count },
    );
  } finally {
    database.close();
  }
}

/** The newest of a list. */
async function idsOf(url: string, list: string): Promise<string[]> {
  const page = (await (await fetch(`${url}/api/v1/${list}?limit=5`)).json()) as Record<
    string,
    { id: string }[]
  >;
  return (page[list] ?? []).map(({ id }) => id);
}

/** A hash of all labels; it is computed again only when another process has written. */
function labelsIn(database: Database): () => string {
  const version = database.query<{ data_version: number }, []>("PRAGMA data_version");
  const rows = database.query("SELECT id, label, state FROM samples ORDER BY id");
  let [last, hash] = [-1, ""];
  return () => {
    const now = version.get()!.data_version;
    if (now !== last) hash = Bun.hash(JSON.stringify(rows.values())).toString();
    last = now;
    return hash;
  };
}

async function send(url: string, { method, path, headers, body }: FuzzRequest): Promise<{ status: number }> {
  const signal = AbortSignal.timeout(GIVE_UP_MS);
  const response = await fetch(url + path, { method, headers, body, signal, redirect: "manual" }).catch(
    () => null,
  );
  // No response is the worst one.
  if (response === null) return { status: 599 };
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  await (isStream ? response.body?.cancel() : response.arrayBuffer());
  return response;
}
