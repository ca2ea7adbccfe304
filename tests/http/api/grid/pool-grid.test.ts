import { expect, test } from "bun:test";
import { FakeClock, memoryStore } from "../../../storage/helpers.ts";
import { fillPool } from "../../../support/scored-pool.ts";
import { createTestApp, type TestApp } from "../../../support/test-app.ts";

async function call(app: TestApp, method: string, path: string, body?: unknown) {
  const response = await app.send(method, `/api/v1/queue/grid${path}`, body);
  const text = await response.text();
  return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as Record<string, unknown> };
}

test("GET /queue/grid leases the most confident drawings of a class, and GET /queue/grid/counts has all classes", async () => {
  const clock = new FakeClock();
  const store = await memoryStore(clock);
  const app = await createTestApp({ store });
  const [less, more] = await fillPool(store, [{ p: 0.8 }, { p: 0.95 }, { isNone: true }, { label: "1" }]);
  expect(await call(app, "GET", "?label=7&labeller=ada")).toEqual({
    status: 200,
    body: {
      ...{ label: "7", model_version: 1, leased: 0, left: 0 },
      drawings: [
        { id: more, confidence: 0.95 },
        { id: less, confidence: 0.8 },
      ],
    },
  });
  expect((await call(app, "GET", "?label=7&labeller=bob")).body).toMatchObject({ drawings: [], leased: 2 });
  expect((await call(app, "GET", "/counts")).body).toEqual({
    ...{ model_version: 1, none: 1 },
    classes: [
      { label: "1", n: 1 },
      { label: "7", n: 2 },
    ],
  });
  const released = await call(app, "POST", "/release", { labeller: "ada", drawings: [more] });
  expect(released.status).toBe(204);
  expect((await call(app, "GET", "?label=7&labeller=bob")).body).toMatchObject({ drawings: [{ id: more }] });
  clock.timeMs += 119_000;
  expect((await call(app, "POST", "/renew", { labeller: "ada", drawings: [less] })).status).toBe(204);
  clock.timeMs += 2_000;
  expect((await call(app, "GET", "?label=7&labeller=cy")).body).toMatchObject({ drawings: [{ id: more }] });
  app.predictor.model = null;
  expect((await call(app, "GET", "?label=7&labeller=ada")).body).toMatchObject({
    model_version: null,
    drawings: [],
  });
});

test("POST /queue/grid labels a page, tells the scheduler, and is undone as a whole", async () => {
  const app = await createTestApp();
  const [first, second, third] = await fillPool(app.store, [{}, {}, {}]);
  await call(app, "GET", "?label=7&labeller=ada");
  const body = {
    labeller: "ada",
    label: "7",
    accept: [first],
    odd: [{ id: second, kind: "label", label: "1" }],
  };
  const { status, body: result } = await call(app, "POST", "", body);
  expect(status).toBe(200);
  expect(result).toMatchObject({
    ...{ changed: 2, labelled: 1, corrected: 1, left: 0, named: [] },
    action: { kind: "grid", label: "7", n: 2 },
  });
  expect(app.scheduler.newSamples).toBe(1);
  expect((await app.store.samples.stats()).byLabel).toEqual({ "1": 1, "7": 1 });
  const late = await call(app, "POST", "", { labeller: "bob", label: "7", accept: [first, third] });
  expect(late.body).toMatchObject({
    ...{ changed: 0, action: null, kept: { answered: 1, taken: 1, removed: 0 } },
    named: [
      { id: first, reason: "answered" },
      { id: third, reason: "taken" },
    ],
  });
  const { id } = result.action as { id: number };
  const undone = await app.send("POST", `/api/v1/samples/actions/${id}/undo`);
  expect(await undone.json()).toMatchObject({ changed: 2 });
  expect((await app.store.queue.counts()).unlabelled).toBe(3);
});

test("POST /queue/grid refuses what it does not understand, and changes nothing", async () => {
  const app = await createTestApp();
  const [id] = await fillPool(app.store, [{}]);
  const page = { labeller: "ada", label: "7", accept: [] as unknown[] };
  for (const [body, part] of [
    [{ ...page, labeller: " " }, "labeller"],
    [{ ...page, label: "seven" }, "seven"],
    [{ ...page, odd: [{ id, kind: "label" }] }, "label"],
    [{ ...page, odd: [{ id, kind: "none", label: "1" }] }, 'expected no label for \\"none\\"'],
    [{ ...page, odd: [{ id, kind: "review" }] }, "kind"],
    [{ ...page, accept: Array.from({ length: 101 }, () => "x") }, "accept"],
  ] as const) {
    const response = await call(app, "POST", "", body);
    expect(response.status).toBe(422);
    expect(JSON.stringify(response.body)).toContain(part);
  }
  expect((await call(app, "POST", "", { ...page, accept: [id, id] })).status).toBe(400);
  expect((await call(app, "GET", "?label=7")).status).toBe(422);
  expect((await call(app, "GET", "?label=7&labeller=ada&limit=101")).status).toBe(422);
  expect((await app.store.queue.counts()).unlabelled).toBe(1);
});
