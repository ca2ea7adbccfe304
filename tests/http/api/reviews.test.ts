import { expect, test } from "bun:test";
import * as v from "valibot";
import { LOCAL } from "../../../src/domain/actor.ts";
import { SampleSchema } from "../../../src/http/api/sample-json.ts";
import { newRun, newSample } from "../../storage/helpers.ts";
import { createTestApp } from "../../support/test-app.ts";

/** Three labels of run r1: two suspect, one held. */
async function appInReview() {
  const test = await createTestApp();
  const ids: string[] = [];
  for (const p of [0.4, 0.01, 0.9]) {
    const { sample } = await test.store.samples.insert(newSample({ writer: "ann" }));
    ids.push(sample.id);
    const state = p === 0.9 ? "held" : "suspect";
    await test.store.samples.putMarks("r1", [{ id: sample.id, label: "7", state, reading: "1", p }]);
  }
  await test.store.runs.create(newRun("r1"));
  const json = async (method: string, path: string, body?: unknown) => {
    const response = await test.send(method, `/api/v1${path}`, body);
    return { status: response.status, body: response.status === 204 ? null : await response.json() };
  };
  return { ...test, ids, json };
}

test("GET /reviews lists suspect labels, the least probable first, page by page", async () => {
  const { ids, json } = await appInReview();
  const first = (await json("GET", "/reviews?limit=1")).body;
  expect(first.samples).toHaveLength(1);
  expect(first.samples[0]).toMatchObject({
    id: ids[1]!,
    review: { state: "suspect", run_id: "r1", reading: "1", p: 0.01, by: "model", left_by: null },
  });
  const second = (await json("GET", `/reviews?cursor=${first.next_cursor}&run=r1`)).body;
  expect(second.samples.map(({ id }: { id: string }) => id)).toEqual([ids[0]]);
  expect(second.next_cursor).toBeNull();
  expect((await json("GET", "/reviews?state=held")).body.samples[0].id).toBe(ids[2]!);
});

test("GET /reviews refuses an unknown state, key or cursor", async () => {
  const { json } = await appInReview();
  expect((await json("GET", "/reviews?state=pinned")).status).toBe(422);
  expect((await json("GET", "/reviews?page=2")).status).toBe(422);
  expect((await json("GET", "/reviews?cursor=x")).status).toBe(400);
});

test("GET /reviews/counts counts suspect, held and pinned ones, and the batches", async () => {
  const { json } = await appInReview();
  expect((await json("GET", "/reviews/counts")).body).toEqual({
    ...{ suspect: 2, held: 1, pinned: 0, batches: [{ run_id: "r1", n: 3, held: 1 }] },
  });
});

test("POST /samples/{id}/confirm takes a label out of review; again, it stays", async () => {
  const { ids, json } = await appInReview();
  for (let i = 0; i < 2; i++) {
    const { status, body } = await json("POST", `/samples/${ids[0]}/confirm`);
    expect(status).toBe(200);
    expect(v.parse(SampleSchema, body).review.state).toBe("confirmed");
  }
  expect((await json("GET", "/reviews/counts")).body.suspect).toBe(1);
});

test("POST /samples/{id}/confirm is 404 for no sample, 409 for one that is withdrawn or pinned", async () => {
  const { ids, json, store } = await appInReview();
  expect((await json("POST", "/samples/none/confirm")).status).toBe(404);
  await store.samples.update(ids[0]!, { state: "rejected" }, LOCAL);
  expect((await json("POST", `/samples/${ids[0]}/confirm`)).body.detail).toContain("it is rejected");
  await store.samples.pin(ids[1]!, true);
  const { status, body } = await json("POST", `/samples/${ids[1]}/confirm`);
  expect([status, body.detail]).toEqual([409, expect.stringContaining("is pinned")]);
});

test("POST /reviews/{run_id}/confirm and /withdraw decide all that the run has put into review", async () => {
  for (const [action, changed] of [
    ["confirm", { state: "labelled", review: { state: "confirmed" } }],
    ["withdraw", { state: "rejected", review: { state: null } }],
  ] as const) {
    const { ids, json } = await appInReview();
    expect(await json("POST", `/reviews/r1/${action}`)).toEqual({
      status: 200,
      body: { run_id: "r1", n: 3 },
    });
    expect((await json("GET", `/samples/${ids[2]}`)).body).toMatchObject(changed);
    expect((await json("GET", `/samples/${ids[0]}`)).body).toMatchObject(changed);
    expect((await json("POST", `/reviews/r1/${action}`)).body.n).toBe(0);
    expect((await json("POST", `/reviews/r9/${action}`)).status).toBe(404);
  }
});

test("no route changes or deletes a pinned drawing: 409, and it is as it was", async () => {
  const { ids, json, store, send } = await appInReview();
  const id = ids[0]!;
  await store.samples.pin(id, true);
  const before = await store.samples.get(id);
  const { strokes, width, height } = before!.drawing!;
  for (const [method, path, body] of [
    ["PATCH", `/samples/${id}`, { label: "2" }],
    ["PATCH", `/samples/${id}`, { state: "rejected" }],
    ["PATCH", `/samples/${id}`, { state: "negative" }],
    ["DELETE", `/samples/${id}`, undefined],
    ["POST", `/samples/${id}/confirm`, undefined],
    ["POST", "/samples", { strokes, width, height, label: "2" }],
  ] as const) {
    expect((await json(method, path, body)).status).toBe(409);
  }
  expect((await json("PATCH", `/samples/${id}`, { label: "2" })).body.detail).toContain(
    `tegaki samples unpin ${id}`,
  );
  // There is no way to pin, or to release, over HTTP.
  for (const path of ["pin", "unpin"]) {
    expect((await send("POST", `/api/v1/samples/${id}/${path}`, {})).status).toBe(404);
  }
  expect((await json("PATCH", `/samples/${id}`, { review: { state: "passed" } })).status).toBe(422);
  expect(await store.samples.get(id)).toEqual(before);
});
