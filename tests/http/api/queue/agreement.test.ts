import { expect, test } from "bun:test";
import * as v from "valibot";
import {
  AgreementSchema,
  LabellersSchema,
  OpinionsSchema,
} from "../../../../src/http/api/queue/agreement-json.ts";
import { newSample } from "../../../storage/helpers.ts";
import { createTestApp, STROKES, type TestApp } from "../../../support/test-app.ts";

const SHARES = { second: 0.5, known: 0 };

/** An application whose questions are all of one kind, and what its labellers do. */
async function appOf(shares: { second: number; known: number }) {
  const app = await createTestApp({ labelling: () => ({ leaseMs: 120_000, shares }) });
  await app.send("POST", "/api/v1/queue/drawings", STROKES);
  return app;
}

interface Asked {
  questions: Record<string, unknown>[];
}

/** Asks until the question is a check: each is one with the probability of its share. */
async function check(app: TestApp, labeller: string): Promise<Record<string, unknown>> {
  for (let i = 0; i < 200; i++) {
    const body = { labeller, order: "newest", n: 1 };
    const { questions } = (await (await app.send("POST", "/api/v1/queue/next", body)).json()) as Asked;
    const [question] = questions;
    if (question !== undefined && JSON.stringify(question.strokes) !== JSON.stringify(STROKES.strokes))
      return question;
    await app.send("POST", "/api/v1/queue/release", { labeller, questions: questions.map(({ id }) => id) });
  }
  throw new Error("no check in 200 questions");
}

async function answer(app: TestApp, labeller: string, id: unknown, given: object) {
  const response = await app.send("POST", `/api/v1/queue/questions/${id}/answer`, {
    labeller,
    answer: given,
  });
  expect(response.status).toBe(200);
  return (await response.json()) as { decision: { id: string }; was_check: unknown };
}

async function get<S extends v.GenericSchema>(app: TestApp, path: string, schema: S) {
  const response = await app.app.request(`/api/v1${path}`);
  expect(response.status).toBe(200);
  return v.parse(schema, await response.json());
}

test("a second opinion is a question like any other, and tells nothing of itself in the response", async () => {
  const app = await appOf(SHARES);
  await app.store.samples.insert(newSample({ writer: "ann" }));
  const question = await check(app, "bob");
  expect(Object.keys(question).sort()).toEqual(
    ["height", "id", "image", "prediction", "reason", "strokes", "width"].sort(),
  );
  expect(question.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  expect((await answer(app, "bob", question.id, { label: "7" })).was_check).toBeNull();
});

test("the three kinds of questions have the same keys, all the way down, and random ids", async () => {
  const shapes = new Set<string>();
  for (const shares of [
    { second: 0, known: 0 },
    { second: 0.5, known: 0 },
    { second: 0, known: 0.5 },
  ]) {
    const app = await appOf(shares);
    const body = { labeller: "bob", order: "newest", n: 1 };
    if (shares.known + shares.second > 0) {
      for (let i = 0; i < 20; i++) {
        const { sample } = await app.store.samples.insert(newSample());
        if (shares.known > 0) await app.store.samples.confirm({ id: sample.id });
      }
    }
    const question =
      shares.known + shares.second > 0
        ? await check(app, "bob")
        : ((await (await app.send("POST", "/api/v1/queue/next", body)).json()) as Asked).questions[0]!;
    shapes.add(JSON.stringify(shapeOf(question)));
  }
  expect([...shapes]).toHaveLength(1);
});

test("a known answer is reported to its labeller after the answer, with whether it was correct", async () => {
  const app = await appOf({ second: 0, known: 0.5 });
  for (let i = 0; i < 20; i++) {
    const { sample } = await app.store.samples.insert(newSample());
    await app.store.samples.confirm({ id: sample.id });
  }
  const question = await check(app, "bob");
  const { was_check } = await answer(app, "bob", question.id, { label: "1" });
  expect(was_check).toEqual({ kind: "known", right: false, expected: { label: "7" } });
  const { labellers, more } = await get(app, "/queue/labellers", LabellersSchema);
  expect(more).toBe(0);
  expect(labellers).toMatchObject([
    { labeller: "bob", answers: 1, known_answers: { n: 1, correct: 0, share: 0, low: 0 }, per_hour: null },
  ]);
  expect((await get(app, "/queue/agreement", AgreementSchema)).known_answers).toMatchObject({
    ...{ share: 0.5, pool: 20, least: 20 },
    contested: [{ label: "7", labellers: 1, otherwise: 1 }],
  });
});

test("GET /queue/agreement and the sample's opinions report a second opinion; its undo removes the latter and the review", async () => {
  const app = await appOf(SHARES);
  const { sample } = await app.store.samples.insert(newSample({ writer: "ann" }));
  const empty = await get(app, "/queue/agreement", AgreementSchema);
  expect(empty).toMatchObject({
    second_opinions: { share: 0.5, n: 0, drawings: 0 },
    all: { n: 0, equal: 0, share: null, low: null, high: null, kappa: null, no_kappa: "few" },
  });
  const question = await check(app, "bob");
  const { decision } = await answer(app, "bob", question.id, { none: true });
  const report = await get(app, "/queue/agreement", AgreementSchema);
  expect(report).toMatchObject({
    second_opinions: { n: 1, drawings: 1 },
    all: { n: 1, equal: 0, share: 0, no_kappa: "few" },
    ...{ pairs: [], more_pairs: 1 },
    confused: [
      {
        answers: [
          { label: "7", none: false },
          { label: null, none: true },
        ],
        n: 1,
        of: 1,
      },
    ],
  });
  const path = `/samples/${sample.id}/opinions`;
  expect((await get(app, path, OpinionsSchema)).opinions).toMatchObject([
    { kind: "second", labeller: "bob", answer: { none: true }, expected: "7" },
  ]);
  const inReview = await (await app.app.request(`/api/v1/samples/${sample.id}`)).json();
  expect(inReview).toMatchObject({ review: { state: "suspect", by: "opinion", run_id: null, p: null } });
  const undo = await app.send("POST", `/api/v1/queue/decisions/${decision.id}/undo`, { labeller: "bob" });
  expect(undo.status).toBe(200);
  expect((await get(app, path, OpinionsSchema)).opinions).toEqual([]);
  const after = await (await app.app.request(`/api/v1/samples/${sample.id}`)).json();
  expect(after).toMatchObject({ review: { state: null } });
  // The first answer counts, whatever follows.
  expect(await get(app, "/queue/agreement", AgreementSchema)).toEqual(report);
});

test("GET /samples/{id}/opinions of a sample that never was gives 404", async () => {
  const app = await createTestApp();
  const response = await app.app.request("/api/v1/samples/00000000-0000-7000-8000-000000000000/opinions");
  expect(response.status).toBe(404);
});

/** The keys of a value, and of what is in it; of a list, those of its first item. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== "object" || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, shapeOf(inner)]),
  );
}
