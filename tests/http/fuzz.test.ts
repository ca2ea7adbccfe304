import { afterAll, expect, test } from "bun:test";
import { createTestApp, STROKES } from "../support/test-app.ts";
import { fuzz } from "../torture/api/fuzz.ts";
import { fuzzRoutes } from "../torture/api/requests.ts";

/** The quick form of `npm run torture -- api`, which sends 10,000 to the executable. */
const COUNT = 1_500;
const SEED = 20261129;

const { app, send, store, scheduler, errors } = await createTestApp();
afterAll(() => store.close());

/** Three labels, a negative, a drawing of the queue, a run that has failed. @returns their ids. */
async function fill(): Promise<string[]> {
  const ids: string[] = [];
  for (const [i, label] of ["1", "2", "3"].entries()) {
    const body = { ...STROKES, width: 100 + i, label, writer: "Ann" };
    ids.push(((await (await send("POST", "/api/v1/samples", body)).json()) as { id: string }).id);
  }
  await send("PATCH", `/api/v1/samples/${ids[2]}`, { state: "negative" });
  await send("POST", "/api/v1/queue/drawings", { ...STROKES, width: 200 });
  await store.runs.create({ id: "run", pipeline: "tuning", params: {}, trigger: "api", command: "tegaki" });
  await store.runs.update("run", { status: "failed" });
  return ids;
}

/** Up to the newest 200 samples, and the number of all. */
async function labels(): Promise<string> {
  const { samples } = await store.samples.list({ limit: 200 });
  const { total } = await store.samples.stats();
  return JSON.stringify([total, samples.map(({ id, label, state }) => [id, label, state])]);
}

test(`no request of ${COUNT} to every route is answered with 5xx, and none that is refused changes a label`, async () => {
  const ids = await fill();
  const document = await (await send("GET", "/api/v1/openapi.json")).json();
  const routes = fuzzRoutes(app.routes, document as Parameters<typeof fuzzRoutes>[1]);
  const result = await fuzz(
    {
      routes,
      ids: [...ids, "run", "1", "2", "digits", "tuning"],
      labels,
      async send({ method, path, headers, body }) {
        // A fake scheduler runs one thing at a time and never ends it by itself.
        scheduler.runningRunId = null;
        const response = await app.request(path, { method, headers, ...(body === null ? {} : { body }) });
        await response.body?.cancel();
        return response;
      },
    },
    { seed: SEED, count: COUNT },
  );
  expect(result.failures).toEqual([]);
  expect(errors).toEqual([]);
  expect(result.tried).toBe(COUNT);
  // Otherwise it would test the door alone.
  expect(result.reached.routes).toBeGreaterThan(result.reached.of / 3);
}, 60_000);
