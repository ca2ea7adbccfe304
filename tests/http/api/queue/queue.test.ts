import { expect, test } from "bun:test";
import { createTestApp, STROKES, type TestApp } from "../../../support/test-app.ts";

const shifted = (by: number) => ({
  ...STROKES,
  strokes: STROKES.strokes.map((stroke) => stroke.map(([x, y]) => [x! + by, y!])),
});

interface Answer {
  state: string;
  id: string;
  detail: string;
  orders: unknown;
  refused: unknown;
  drawings: unknown[];
  next_cursor: string | null;
}

/** The parts of any response that the tests look at. */
async function json(response: Response | Promise<Response>): Promise<Answer> {
  return (await (await response).json()) as Answer;
}

async function next(app: TestApp, labeller: string, body: object = {}) {
  const response = await app.send("POST", "/api/v1/queue/next", { labeller, order: "newest", n: 1, ...body });
  expect(response.status).toBe(200);
  return (await response.json()) as { questions: { id: string; strokes: unknown }[]; left: unknown };
}

test("POST /queue/drawings adds a drawing once, and names the sample that has it already", async () => {
  const app = await createTestApp();
  const first = await app.send("POST", "/api/v1/queue/drawings", { ...STROKES, writer: "Aki" });
  expect(first.status).toBe(201);
  const added = await json(first);
  const second = await app.send("POST", "/api/v1/queue/drawings", STROKES);
  expect(second.status).toBe(200);
  expect(await json(second)).toMatchObject({ id: added.id, state: "waiting" });
  const sample = await json(app.send("POST", "/api/v1/samples", { ...shifted(3), label: "1" }));
  const labelled = await app.send("POST", "/api/v1/queue/drawings", shifted(3));
  expect(labelled.status).toBe(409);
  expect((await json(labelled)).detail).toContain(`as sample ${sample.id}`);
});

test("a drawing goes through the queue: next, answer, undo, answer again", async () => {
  const app = await createTestApp();
  await app.send("POST", "/api/v1/queue/drawings", { ...STROKES, writer: "Aki" });
  const { questions, left } = await next(app, "ada");
  expect(left).toEqual({ unlabelled: 1, leased: 1 });
  expect(questions[0]).toMatchObject({ width: 100, height: 100, strokes: STROKES.strokes });
  expect(Object.keys(questions[0]!).sort()).toEqual(
    ["height", "id", "image", "prediction", "reason", "strokes", "width"].sort(),
  );
  const path = `/api/v1/queue/questions/${questions[0]!.id}/answer`;
  const answered = await app.send("POST", path, { labeller: "ada", answer: { label: "7" } });
  expect(answered.status).toBe(200);
  const { decision, was_check } = (await answered.json()) as { decision: { id: string }; was_check: null };
  expect(was_check).toBeNull();
  expect(app.scheduler.newSamples).toBe(1);
  expect((await app.store.samples.stats()).byLabel).toEqual({ "7": 1 });

  const undone = await app.send("POST", `/api/v1/queue/decisions/${decision.id}/undo`, { labeller: "ada" });
  expect(undone.status).toBe(200);
  expect((await app.store.samples.stats()).total).toBe(0);
  const { question } = (await undone.json()) as { question: { id: string } };
  const again = await app.send("POST", `/api/v1/queue/questions/${question.id}/answer`, {
    labeller: "ada",
    answer: { none: true },
  });
  expect(again.status).toBe(200);
  expect((await app.store.samples.stats()).negatives).toBe(1);
});

test("an answer is refused when it is not a class, not one answer, someone else's or gone", async () => {
  const app = await createTestApp();
  await app.send("POST", "/api/v1/queue/drawings", STROKES);
  const { questions } = await next(app, "ada");
  const path = `/api/v1/queue/questions/${questions[0]!.id}/answer`;
  const status = async (body: object, at = path) => (await app.send("POST", at, body)).status;
  expect(await status({ labeller: "ada", answer: { label: "x" } })).toBe(422);
  expect(await status({ labeller: "ada", answer: {} })).toBe(422);
  expect(await status({ labeller: "ada", answer: { label: "1", none: true } })).toBe(422);
  expect(await status({ labeller: "", answer: { none: true } })).toBe(422);
  expect(await status({ labeller: "bob", answer: { none: true } })).toBe(409);
  const gone = "/api/v1/queue/questions/absent/answer";
  expect(await status({ labeller: "ada", answer: { none: true } }, gone)).toBe(409);
  expect((await app.store.samples.stats()).total).toBe(0);
});

test("refusals that the page shows are in the reader's language", async () => {
  const app = await createTestApp();
  const refused = async (language: string, path: string, body: object) => {
    const headers = { "accept-language": language };
    const response = await app.send("POST", `/api/v1/queue${path}`, { labeller: "ada", ...body }, headers);
    return [response.status, (await json(response)).detail];
  };
  const answer = { answer: { label: "7" } };
  expect(await refused("ja", "/questions/q/answer", answer)).toEqual([
    409,
    "問題 q はありません。手書きは別の方法でラベルが付けられたか、削除されたため、保存していません。次へ進んでください。",
  ]);
  expect(await refused("en", "/questions/q/answer", answer)).toEqual([
    409,
    expect.stringContaining("There is no question q"),
  ]);
  expect(await refused("ja", "/decisions/d/undo", {})).toEqual([404, "回答 d はありません。"]);
  expect(await refused("ja", "/next", { order: "disagreement", n: 1 })).toEqual([
    409,
    expect.stringMatching(/^順序「disagreement」は使えません/),
  ]);
});

test("skip and release answer 204, and others get what was released", async () => {
  const app = await createTestApp();
  await app.send("POST", "/api/v1/queue/drawings", STROKES);
  const { questions } = await next(app, "ada");
  const id = questions[0]!.id;
  expect((await next(app, "bob")).questions).toEqual([]);
  const released = await app.send("POST", "/api/v1/queue/release", { labeller: "ada", questions: [id] });
  expect(released.status).toBe(204);
  expect((await next(app, "bob")).questions.map((question) => question.id)).toEqual([id]);
  const skipped = await app.send("POST", `/api/v1/queue/questions/${id}/skip`, { labeller: "bob" });
  expect(skipped.status).toBe(204);
});

test("GET /queue offers only the orders that can be had, and names the reason for the others", async () => {
  const app = await createTestApp();
  await app.send("POST", "/api/v1/queue/drawings", STROKES);
  const queue = await json(app.send("GET", "/api/v1/queue"));
  expect(queue).toMatchObject({ unlabelled: 1, leased: 0, scored: 0, scored_by: [] });
  expect(queue.orders).toEqual(["least_confidence", "margin", "entropy", "diversity", "newest"]);
  expect(queue.refused).toEqual([
    { order: "disagreement", reason: expect.stringContaining("only one model version") },
  ]);
  const refused = await app.send("POST", "/api/v1/queue/next", {
    ...{ labeller: "ada", order: "disagreement", n: 1 },
  });
  expect(refused.status).toBe(409);
  expect((await json(refused)).detail).toContain("Offered: least_confidence");
});

test("GET /queue/drawings lists the pool in pages", async () => {
  const app = await createTestApp();
  for (const by of [1, 2, 3]) await app.send("POST", "/api/v1/queue/drawings", shifted(by));
  const first = await json(app.send("GET", "/api/v1/queue/drawings?limit=2"));
  expect(first.drawings).toHaveLength(2);
  const second = await json(app.send("GET", `/api/v1/queue/drawings?limit=2&cursor=${first.next_cursor}`));
  expect(second.drawings).toHaveLength(1);
  expect(second.next_cursor).toBeNull();
});

test.each([
  [1.5, "n expected a whole number, found 1.5"],
  ["2", 'n expected number, found "2"'],
  [21, "n expected a whole number from 0 to 20"],
])("POST /queue/next with n %p names what was expected and found", async (n, words) => {
  const app = await createTestApp();
  const refused = await app.send("POST", "/api/v1/queue/next", { labeller: "ada", n });
  expect(refused.status).toBe(422);
  expect((await json(refused)).detail).toContain(words);
});
