import { expect, test } from "bun:test";
import * as v from "valibot";
import { RunExamplesSchema } from "../../../src/http/api/run-examples.ts";
import { RESULTS } from "../../support/examples.ts";
import { createTestApp } from "../../support/test-app.ts";

async function appWithRuns(...ids: string[]) {
  const app = await createTestApp({ results: RESULTS });
  for (const id of ids) {
    await app.store.runs.create({
      id,
      pipeline: "tuning",
      params: {},
      trigger: "api",
      command: "tegaki run",
    });
  }
  return app;
}

const PATH = "/api/v1/runs/run-1/examples";

test("GET /runs/{id}/examples returns the worst mistakes, the most confident first, with their pixels", async () => {
  const { send } = await appWithRuns("run-1");
  const response = await send("GET", PATH);
  expect(response.status).toBe(200);
  const body = v.parse(v.strictObject(RunExamplesSchema.pipe[0].entries), await response.json());
  expect(body).toMatchObject({ run_id: "run-1", set: "mnist_test", rows: 1, cols: 2 });
  expect(body.examples).toEqual([
    { index: 7, true: "4", predicted: "9", confidence: 0.9, pixels: [0, 255] },
    { index: 2, true: "9", predicted: "4", confidence: 0.6, pixels: [10, 20] },
  ]);
});

test("GET /runs/{id}/examples returns one cell of the confusion matrix, also one on the diagonal", async () => {
  const { send } = await appWithRuns("run-1");
  const indices = async (query: string) => {
    const body = (await (await send("GET", `${PATH}?${query}`)).json()) as { examples: { index: number }[] };
    return body.examples.map(({ index }) => index);
  };
  expect(await indices("true=4&predicted=9")).toEqual([7]);
  expect(await indices("true=4&predicted=4")).toEqual([5]);
  expect(await indices("true=9&predicted=9")).toEqual([]);
});

test.each([
  ["/api/v1/runs/nope/examples", "There is no run nope"],
  ["/api/v1/runs/run-2/examples", "Run run-2 has no examples: it did not evaluate a model"],
  [`${PATH}?set=holdout`, 'no examples of "holdout". There are: mnist_test'],
  [`${PATH}?true=4&predicted=7`, 'There is no class "7". There are: 4, 9'],
])("GET %s is 404 and says why", async (path, reason) => {
  const { send } = await appWithRuns("run-1", "run-2");
  const response = await send("GET", path);
  expect(response.status).toBe(404);
  expect(((await response.json()) as { detail: string }).detail).toContain(reason);
});

test("GET /runs/{id}/examples has a row or a column of the matrix by one of the two, and is 422 for others", async () => {
  const { send } = await appWithRuns("run-1");
  const all = async (query: string) =>
    ((await (await send("GET", `${PATH}?${query}`)).json()) as { examples: Record<string, unknown>[] })
      .examples;
  const row = await all("true=4");
  expect(row).not.toBeEmpty();
  for (const { true: truth } of row) expect(truth).toBe("4");
  const cell = await all(`true=4&predicted=${row[0]!.predicted}`);
  for (const example of cell) expect(row).toContainEqual(example);
  for (const { predicted } of await all("predicted=4")) expect(predicted).toBe("4");
  expect((await send("GET", `${PATH}?cell=4`)).status).toBe(422);
});
