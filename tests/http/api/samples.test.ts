import { describe, expect, test } from "bun:test";
import * as v from "valibot";
import { SampleSchema } from "../../../src/http/api/sample-json.ts";
import { checkDigits } from "../../../src/serving/check-digits.ts";
import { createTestApp, STROKES, type TestApp } from "../../support/test-app.ts";

const LABELLED = { ...STROKES, label: "1" };
const PATH = "/api/v1/samples";

async function create({ send }: TestApp, body: unknown = LABELLED) {
  const response = await send("POST", PATH, body);
  expect(response.status).toBe(201);
  return v.parse(SampleSchema, await response.json());
}

describe("POST /samples", () => {
  test("stores strokes with their label and image, returns its location, and notifies the scheduler", async () => {
    const { send, store, scheduler } = await createTestApp();
    const response = await send("POST", PATH, { ...LABELLED, writer: "ada", session: "s1" });
    expect(response.status).toBe(201);
    const body = v.parse(SampleSchema, await response.json());
    expect(response.headers.get("location")).toBe(`${PATH}/${body.id}`);
    expect(body).toMatchObject({
      label: "1",
      writer: "ada",
      session: "s1",
      source: "api",
      state: "labelled",
    });
    const stored = await store.samples.get(body.id);
    expect(stored?.drawing).toEqual(STROKES as never);
    expect([...stored!.pixels]).toEqual(body.image.pixels);
    expect(scheduler.newSamples).toBe(1);
  });

  test("keeps a drawing of none of the classes with its strokes, and does not notify the scheduler of a label", async () => {
    const { send, store, scheduler } = await createTestApp();
    const response = await send("POST", PATH, { ...STROKES, state: "negative" }, { "idempotency-key": "k" });
    expect(response.status).toBe(201);
    const body = v.parse(SampleSchema, await response.json());
    expect(body).toMatchObject({ label: null, state: "negative" });
    expect((await store.samples.get(body.id))?.drawing).toEqual(STROKES as never);
    expect(scheduler.newSamples).toBe(0);
    const again = await send("POST", PATH, { ...STROKES, state: "negative" }, { "idempotency-key": "k" });
    expect([again.status, (await again.json()).id]).toEqual([200, body.id]);
    const listed = await (await send("GET", `${PATH}?state=negative`)).json();
    expect(listed.samples.map(({ id }: { id: string }) => id)).toEqual([body.id]);
  });

  test.each([
    [{ ...STROKES }, "found neither"],
    [{ ...LABELLED, state: "negative" }, "found both"],
  ])(
    "refuses with 422 a drawing with no label and no word of it, and one with both: %#",
    async (body, found) => {
      const { send } = await createTestApp();
      const response = await send("POST", PATH, body);
      expect(response.status).toBe(422);
      expect((await response.json()).errors[0]).toMatchObject({
        path: "label",
        message: expect.stringContaining(found),
      });
    },
  );

  test("records that a label came from the page when a browser sent it", async () => {
    const { send } = await createTestApp();
    const response = await send("POST", PATH, LABELLED, { origin: "http://localhost" });
    expect(await response.json()).toMatchObject({ source: "draw" });
  });

  test("stores pixels without a drawing", async () => {
    const app = await createTestApp();
    const pixels = [...checkDigits()[3]!.pixels];
    const sample = await create(app, { pixels, label: "3" });
    expect(sample.drawing).toBeNull();
    expect(sample.image.pixels).toEqual(pixels);
  });

  test("stores the prediction, when it is known", async () => {
    const app = await createTestApp();
    const { id } = (await (await app.send("POST", "/api/v1/predict", STROKES)).json()) as { id: string };
    const sample = await create(app, { ...LABELLED, prediction_id: id });
    expect(sample).toMatchObject({ predicted: "7", confidence: 0.91, model_version: 1, prediction_id: id });
  });

  test("stores the label anyway when the prediction is unknown", async () => {
    const sample = await create(await createTestApp(), { ...LABELLED, prediction_id: "forgotten" });
    expect(sample).toMatchObject({ label: "1", predicted: null, model_version: null });
  });

  test("is 422 naming the classes when the label is not one of them, and stores nothing", async () => {
    const { send, store, scheduler } = await createTestApp();
    for (const label of ["10", "", "x", "toString", "é".repeat(500)]) {
      const response = await send("POST", PATH, { ...LABELLED, label });
      expect(response.status).toBe(422);
      const { errors } = (await response.json()) as { errors: { path: string; message: string }[] };
      expect(errors[0]).toMatchObject({ path: "label" });
      expect(errors[0]!.message).toContain("0, 1, 2, 3, 4, 5, 6, 7, 8, 9");
    }
    expect((await store.samples.stats()).total).toBe(0);
    expect(scheduler.newSamples).toBe(0);
  });

  test.each([
    ["label", { ...STROKES }],
    ["label", { ...LABELLED, label: 1 }],
    ["writer", { ...LABELLED, writer: "x".repeat(101) }],
    ["writer", { ...LABELLED, writer: "" }],
    ["writer", { ...LABELLED, writer: "a\u0000b" }],
    ["writer", { ...LABELLED, writer: "\ud800" }],
    ["session", { ...LABELLED, session: 5 }],
    ["note", { ...LABELLED, note: "hello" }],
    ["strokes", { label: "1", strokes: [], width: 1, height: 1 }],
  ])("is 422 naming %s when the body is %p", async (path, body) => {
    const { send, store } = await createTestApp();
    const response = await send("POST", PATH, body);
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: { path: string }[] };
    expect(errors.map((error) => error.path)).toContain(path);
    expect((await store.samples.stats()).total).toBe(0);
  });

  test("with a repeated Idempotency-Key returns 200 with the same sample and stores one row", async () => {
    const { send, store, scheduler } = await createTestApp();
    const headers = { "idempotency-key": "key-1" };
    const first = await send("POST", PATH, LABELLED, headers);
    const second = await send("POST", PATH, LABELLED, headers);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(await second.json()).toEqual(await first.json());
    expect((await store.samples.stats()).total).toBe(1);
    expect(scheduler.newSamples).toBe(1);
  });

  test("that arrives after its sample was deleted stores nothing: 409, in the client's language", async () => {
    const { send, store } = await createTestApp();
    const headers = { "idempotency-key": "key-1" };
    const { id } = await (await send("POST", PATH, LABELLED, headers)).json();
    expect((await send("DELETE", `${PATH}/${id}`)).status).toBe(204);
    const late = await send("POST", PATH, LABELLED, { ...headers, "accept-language": "ja" });
    expect(late.status).toBe(409);
    expect((await late.json()).detail).toContain("取り消し済み");
    expect((await store.samples.stats()).total).toBe(0);
    const again = await send("POST", PATH, LABELLED, { "idempotency-key": "key-2" });
    expect(again.status).toBe(201);
  });

  test("with an Idempotency-Key used for other content is 409", async () => {
    const { send, store } = await createTestApp();
    const headers = { "idempotency-key": "key-1" };
    await send("POST", PATH, LABELLED, headers);
    expect((await send("POST", PATH, { ...LABELLED, label: "2" }, headers)).status).toBe(409);
    expect((await store.samples.stats()).total).toBe(1);
  });

  test("keeps an identical drawing once: with its label it is 200 and the stored sample, with another one 409", async () => {
    const app = await createTestApp();
    const { send, store, scheduler } = app;
    const sample = await create(app, { ...LABELLED, writer: "ada" });
    const again = await send("POST", PATH, { ...LABELLED, writer: "bob" });
    expect([again.status, await again.json()]).toEqual([200, sample]);
    const other = await send("POST", PATH, { ...LABELLED, label: "2" });
    expect(other.status).toBe(409);
    expect((await other.json()).detail).toContain(
      `already stored, as sample ${sample.id} with the label "1"`,
    );
    expect([(await store.samples.stats()).total, scheduler.newSamples]).toEqual([1, 1]);
  });

  test("with an Idempotency-Key of more than 200 characters is 422", async () => {
    const { send } = await createTestApp();
    const send201 = (length: number) =>
      send("POST", PATH, LABELLED, { "idempotency-key": "k".repeat(length) });
    expect((await send201(200)).status).toBe(201);
    expect((await send201(201)).status).toBe(422);
  });
});

describe("GET /samples", () => {
  test("pages from the newest to the oldest, without the ink", async () => {
    const app = await createTestApp();
    const created = [];
    for (const width of [101, 102, 103]) created.push((await create(app, { ...LABELLED, width })).id);
    const first = (await (await app.send("GET", `${PATH}?limit=2`)).json()) as Page;
    const second = (await (
      await app.send("GET", `${PATH}?limit=2&cursor=${first.next_cursor}`)
    ).json()) as Page;
    expect([...first.samples, ...second.samples].map(({ id }) => id)).toEqual(created.reverse());
    expect(second.next_cursor).toBeNull();
    expect(first.samples[0]).not.toHaveProperty("image");
  });

  test("filters by label and writer", async () => {
    const app = await createTestApp();
    await create(app, { ...LABELLED, writer: "ada" });
    await create(app, { ...LABELLED, width: 101, label: "2", writer: "ada" });
    await create(app, { ...LABELLED, width: 102, writer: "bob" });
    const page = (await (await app.send("GET", `${PATH}?label=1&writer=ada`)).json()) as Page;
    expect(page.samples).toHaveLength(1);
  });

  test.each(["limit=0", "limit=201", "limit=1e2", "limit=1&limit=2", "split=test", "lable=1", "state=%00"])(
    "is 422 for ?%s",
    async (query) => {
      const { send } = await createTestApp();
      expect((await send("GET", `${PATH}?${query}`)).status).toBe(422);
    },
  );

  test("is 400 for a cursor that no list returned", async () => {
    const { send } = await createTestApp();
    expect((await send("GET", `${PATH}?cursor='; DROP TABLE samples`)).status).toBe(400);
  });
});

interface Page {
  samples: { id: string }[];
  next_cursor: string | null;
}

describe("/samples/{id}", () => {
  test("GET returns the sample, 404 for an unknown id", async () => {
    const app = await createTestApp();
    const sample = await create(app);
    expect(await (await app.send("GET", `${PATH}/${sample.id}`)).json()).toEqual(sample);
    expect((await app.send("GET", `${PATH}/nothing`)).status).toBe(404);
  });

  test("PATCH marks a drawing as none of the classes, and gives it a label again", async () => {
    const app = await createTestApp();
    const { id } = await create(app);
    const negative = await app.send("PATCH", `${PATH}/${id}`, { state: "negative" });
    expect(await negative.json()).toMatchObject({ label: null, state: "negative" });
    const unlabelled = await app.send("PATCH", `${PATH}/${id}`, { state: "labelled" });
    expect([unlabelled.status, (await unlabelled.json()).detail]).toEqual([
      409,
      "label: this drawing is of none of the classes. Set a label together with the state",
    ]);
    const labelled = await app.send("PATCH", `${PATH}/${id}`, { label: "4" });
    expect(await labelled.json()).toMatchObject({ label: "4", state: "labelled" });
  });

  test("PATCH corrects the label or the state and leaves the other unchanged", async () => {
    const app = await createTestApp();
    const { id } = await create(app);
    const relabelled = await app.send("PATCH", `${PATH}/${id}`, { label: "4" });
    expect(await relabelled.json()).toMatchObject({ label: "4", state: "labelled" });
    const rejected = await app.send("PATCH", `${PATH}/${id}`, { state: "rejected" });
    expect(await rejected.json()).toMatchObject({ label: "4", state: "rejected" });
  });

  test.each([{}, { label: "x" }, { state: "gone" }, { writer: "eve" }, { label: null }])(
    "PATCH with %p is 422 and changes nothing",
    async (change) => {
      const app = await createTestApp();
      const sample = await create(app);
      expect((await app.send("PATCH", `${PATH}/${sample.id}`, change)).status).toBe(422);
      expect(await (await app.send("GET", `${PATH}/${sample.id}`)).json()).toEqual(sample);
    },
  );

  test("PATCH is 404 for an unknown id", async () => {
    const { send } = await createTestApp();
    expect((await send("PATCH", `${PATH}/nothing`, { label: "1" })).status).toBe(404);
  });

  test("DELETE deletes it, once", async () => {
    const app = await createTestApp();
    const { id } = await create(app);
    const statuses = [];
    for (const method of ["DELETE", "DELETE", "GET"]) {
      statuses.push((await app.send(method, `${PATH}/${id}`)).status);
    }
    expect(statuses).toEqual([204, 404, 404]);
  });
});
