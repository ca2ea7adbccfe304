import { expect, test } from "bun:test";
import { LOCAL } from "../../../../src/domain/actor.ts";
import { newSample } from "../../../storage/helpers.ts";
import { createTestApp, type TestApp } from "../../../support/test-app.ts";

const add = async ({ store }: TestApp, change: Parameters<typeof newSample>[0] = {}) =>
  (await store.samples.insert(newSample({ label: "7", predicted: "7", ...change }))).sample.id;

async function call(app: TestApp, method: string, path: string, body?: unknown) {
  const response = await app.send(method, `/api/v1/samples/grid${path}`, body);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test("GET /samples/grid has the most doubtful labels of a class, and GET /samples/grid/counts all classes", async () => {
  const app = await createTestApp();
  const right = await add(app, { confidence: 0.9 });
  const wrong = await add(app, { predicted: "1", confidence: 0.9 });
  const suspect = await add(app);
  await app.store.samples.putMarks("r1", [
    { id: suspect, label: "7", state: "suspect", reading: "1", p: 0.01 },
  ]);
  await app.store.samples.confirm({ id: await add(app, { label: "1" }) });
  expect(await call(app, "GET", "?label=7")).toEqual({
    status: 200,
    body: {
      label: "7",
      samples: [
        { id: suspect, predicted: "7", suspect: true },
        { id: wrong, predicted: "1", suspect: false },
        { id: right, predicted: "7", suspect: false },
      ],
    },
  });
  expect((await call(app, "GET", "?label=7&limit=1")).body.samples).toHaveLength(1);
  expect((await call(app, "GET", "/counts")).body).toEqual({
    classes: [
      { label: "1", unconfirmed: 0, suspect: 0, confirmed: 1, in_review: 0 },
      { label: "7", unconfirmed: 3, suspect: 1, confirmed: 0, in_review: 1 },
    ],
  });
});

test("POST /samples/grid decides about a page in one action, which its undo undoes as a whole", async () => {
  const app = await createTestApp();
  const [plain, other, none, withdrawn, left, pinned] = [
    ...[await add(app), await add(app), await add(app)],
    ...[await add(app), await add(app), await add(app)],
  ];
  await app.store.samples.pin(pinned!, true);
  const { status, body } = await call(app, "POST", "", {
    label: "7",
    confirm: [plain, pinned],
    odd: [
      { id: other, kind: "relabel", label: "1" },
      { id: none, kind: "none" },
      { id: withdrawn, kind: "withdraw" },
      { id: left, kind: "review" },
    ],
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    ...{ confirmed: 1, corrected: 3, left: 1, changed: 5, unchanged: 0 },
    ...{ kept: { gone: 0, pinned: 1, changed: 0 }, named: [{ id: pinned, reason: "pinned" }] },
    action: { kind: "grid", label: "7", n: 5, undone_at: null },
  });
  const sample = async (id: string) =>
    (await app.send("GET", `/api/v1/samples/${id}`).then((response) => response.json())) as {
      label: string | null;
      review: unknown;
    };
  expect((await sample(left!)).review).toEqual({
    ...{
      state: "suspect",
      run_id: null,
      reading: null,
      p: null,
      by: "person",
      left_by: { kind: "local", name: null },
    },
  });
  expect((await sample(other!)).label).toBe("1");
  const { id } = body.action as { id: number };
  const undone = await app.send("POST", `/api/v1/samples/actions/${id}/undo`);
  expect(await undone.json()).toMatchObject({ changed: 5, kept: { gone: 0, pinned: 0, changed: 0 } });
  expect(await sample(left!)).toMatchObject({ label: "7", review: { state: null, by: null, left_by: null } });
  const history = await app.send("GET", `/api/v1/samples/${plain}/history`);
  expect(((await history.json()) as { changes: unknown[] }).changes.slice(0, 2)).toMatchObject([
    { label_from: "7", label_to: "7", review_to: null },
    { label_from: "7", label_to: "7", review_to: "confirmed", actor: LOCAL },
  ]);
});

test("what is not a page of the grid is refused with the field that is wrong, and nothing is stored", async () => {
  const app = await createTestApp();
  const id = await add(app);
  const cases: [unknown, string][] = [
    [{ confirm: [id] }, "label"],
    [{ label: "A", confirm: [id] }, "label"],
    [{ label: "7", confirm: [id], odd: [{ id: "x", kind: "relabel" }] }, "label"],
    [{ label: "7", confirm: [id], odd: [{ id: "x", kind: "relabel", label: "A" }] }, "label"],
    [{ label: "7", confirm: [id], odd: [{ id: "x", kind: "none", label: "1" }] }, "odd.label"],
    [{ label: "7", confirm: [id], odd: [{ id: "x", kind: "guess" }] }, "odd"],
    [{ label: "7", confirm: Array.from({ length: 101 }, () => id) }, "confirm"],
    [{ label: "7", confirm: [id], more: 1 }, "more"],
  ];
  for (const [body, field] of cases) {
    const { status, body: problem } = await call(app, "POST", "", body);
    expect([body, status]).toEqual([body, 422]);
    expect(JSON.stringify(problem)).toContain(field);
  }
  const twice = await call(app, "POST", "", { label: "7", confirm: [id], odd: [{ id, kind: "none" }] });
  expect([twice.status, twice.body.detail]).toEqual([400, expect.stringContaining("found two about")]);
  for (const query of ["", "?label=A", "?label=7&limit=0", "?label=7&limit=101", "?label=7&limit=x"])
    expect([query, (await call(app, "GET", query)).status]).toEqual([query, 422]);
  expect((await app.store.samples.get(id))!.review.state).toBeNull();
  expect(await app.store.sheet.actions(1)).toEqual([]);
});

test("POST /samples/bulk confirms the labels of a filter", async () => {
  const app = await createTestApp();
  const [seven, one] = [await add(app), await add(app, { label: "1" })];
  const response = await app.send("POST", "/api/v1/samples/bulk", {
    ...{ filter: { label: "7" }, change: { kind: "confirm" } },
  });
  expect(await response.json()).toMatchObject({ changed: 1, action: { kind: "confirm", label: null, n: 1 } });
  const state = async (id: string) => (await app.store.samples.get(id))!.review.state;
  expect([await state(seven), await state(one)]).toEqual(["confirmed", null]);
});
