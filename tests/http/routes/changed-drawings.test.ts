import { expect, test } from "bun:test";
import type { Examples } from "../../../src/domain/examples.ts";
import type { RunResults } from "../../../src/domain/runs/run-results.ts";
import { newRun } from "../../storage/helpers.ts";
import { EXAMPLES, RESULTS } from "../../support/examples.ts";
import { createTestApp } from "../../support/test-app.ts";

/** `n` fours that one model reads correctly, and the other as nines. */
function answersOf(n: number, isRight: boolean): Examples {
  return {
    ...{ rows: 1, cols: 2, classes: ["4", "9"], images: new Uint8Array(2 * n) },
    answers: Array.from({ length: n }, (_, index) => ({
      ...{ index, true: 0, predicted: isRight ? 0 : 1, confidence: 0.5 + index / 1_000 },
    })),
  };
}
const results: RunResults = {
  ...RESULTS,
  examples: async () => ({
    mnist_test: EXAMPLES,
    fixed: answersOf(30, true),
    champion_fixed: answersOf(30, false),
    broken: answersOf(2, false),
    champion_broken: answersOf(2, true),
  }),
};

async function app() {
  const test = await createTestApp({ results });
  await test.store.runs.create(newRun("run-1"));
  await test.store.runs.update("run-1", { status: "done", finishedAt: "2026-01-02T03:05:00.000Z" });
  const get = async (path: string) => (await test.app.request(path)).text();
  return { ...test, get };
}
const countOf = (html: string) => html.match(/<li class="example">/g)?.length ?? 0;

test("the page of a run shows 12 drawings of each kind at most, and links to all of them", async () => {
  const { get } = await app();
  const html = await get("/runs/run-1");
  expect(countOf(html)).toBe(12 + 2);
  expect(html).toContain('href="/runs/run-1/examples?set=fixed"');
  expect(html).not.toContain('href="/runs/run-1/examples?set=broken"');
});

test("the page of examples shows all drawings of a kind, with both predictions", async () => {
  const { get } = await app();
  const html = await get("/runs/run-1/examples?set=fixed");
  expect(countOf(html)).toBe(30);
  expect(html.replaceAll("\u00a0", " ")).toContain(
    "4: the champion predicts 9 (50.0 %), the candidate 4 (50.0 %)",
  );
});

test("GET /api/v1/runs/{id}/examples has all of them, of either model", async () => {
  const { send } = await app();
  for (const set of ["fixed", "champion_fixed"]) {
    const body = await (await send("GET", `/api/v1/runs/run-1/examples?set=${set}`)).json();
    expect(body.examples).toHaveLength(30);
  }
});

test("a run that saved no such drawings has no such section", async () => {
  const test = await createTestApp({ results: RESULTS });
  await test.store.runs.create(newRun("run-1"));
  await test.store.runs.update("run-1", { status: "done", finishedAt: "2026-01-02T03:05:00.000Z" });
  expect(await (await test.app.request("/runs/run-1")).text()).not.toContain("changed-title");
});
