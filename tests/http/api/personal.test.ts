import { describe, expect, test } from "bun:test";
import { createTestApp, STROKES, type TestApp } from "../../support/test-app.ts";

/** The same drawing, a little wider: another sample that looks alike. */
const LIKE = { ...STROKES, width: STROKES.width + 1 };
/** A bar far from the drawing. */
const OTHER = {
  strokes: [
    [
      [10, 90],
      [90, 90],
    ],
  ],
  width: 100,
  height: 100,
};

async function post<T>({ send }: TestApp, path: string, body: unknown): Promise<T> {
  const response = await send("POST", `/api/v1/${path}`, body);
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as T;
}

interface Answer {
  id: string;
  label: string;
  personal: { used: boolean; n: number; changed_from: string | null };
}
const predict = (app: TestApp, body: unknown) => post<Answer>(app, "predict", body);
const label = (app: TestApp, body: object) => post<{ id: string }>(app, "samples", body);
const NOTHING = { used: false, n: 0, changed_from: null };

describe("POST /predict with a writer", () => {
  test("profits from a label as soon as it is stored, and says so", async () => {
    const app = await createTestApp();
    expect(await predict(app, { ...LIKE, writer: "Aki" })).toMatchObject({ label: "7", personal: NOTHING });
    await label(app, { ...STROKES, label: "3", writer: "Aki" });
    expect(await predict(app, { ...LIKE, writer: "Aki" })).toMatchObject({
      label: "3",
      personal: { used: true, n: 1, changed_from: "7" },
    });
  });

  test("leaves everybody else's answer as it was, and one to a drawing that is like none of theirs", async () => {
    const app = await createTestApp();
    const before = await predict(app, { ...LIKE, writer: "Bo" });
    await label(app, { ...STROKES, label: "3", writer: "Aki" });
    for (const who of [{ writer: "Bo" }, { writer: "aki" }, { sitting: "Aki" }, {}]) {
      const { id, ...answer } = await predict(app, { ...LIKE, ...who });
      expect(answer).toEqual({ ...before, id: undefined } as never);
      expect(id).not.toBe(before.id);
    }
    expect(await predict(app, { ...OTHER, writer: "Aki" })).toMatchObject({
      label: "7",
      personal: { used: false, n: 1, changed_from: null },
    });
  });

  test("asks no memory when it is switched off", async () => {
    const app = await createTestApp();
    await label(app, { ...STROKES, label: "3", writer: "Aki" });
    const answer = await predict(app, { ...LIKE, writer: "Aki", personal: false });
    expect(answer).toMatchObject({ label: "7", personal: NOTHING });
  });

  test("follows corrections, withdrawals and deletions of labels", async () => {
    const app = await createTestApp();
    const { id } = await label(app, { ...STROKES, label: "3", writer: "Aki" });
    await app.send("PATCH", `/api/v1/samples/${id}`, { label: "4" });
    expect((await predict(app, { ...LIKE, writer: "Aki" })).label).toBe("4");
    await app.send("PATCH", `/api/v1/samples/${id}`, { state: "rejected" });
    expect((await predict(app, { ...LIKE, writer: "Aki" })).label).toBe("7");
    await app.send("PATCH", `/api/v1/samples/${id}`, { state: "labelled" });
    expect((await predict(app, { ...LIKE, writer: "Aki" })).label).toBe("4");
    await app.send("DELETE", `/api/v1/samples/${id}`);
    expect(await predict(app, { ...LIKE, writer: "Aki" })).toMatchObject({ label: "7", personal: NOTHING });
  });

  test("stores both answers, and a label carries both", async () => {
    const app = await createTestApp();
    await label(app, { ...STROKES, label: "3", writer: "Aki" });
    const { id } = await predict(app, { ...LIKE, writer: "Aki" });
    expect(await app.store.predictions.get(id)).toMatchObject({
      label: "7",
      confidence: 0.91,
      shown: { label: "3", confidence: 0.99 },
    });
    const sample = await label(app, { ...LIKE, label: "3", writer: "Aki", prediction_id: id });
    expect(sample).toMatchObject({ predicted: "7", confidence: 0.91, shown: "3" });
  });

  test("what is in memory is in the metrics", async () => {
    const app = await createTestApp();
    await label(app, { ...STROKES, label: "3", writer: "Aki" });
    await predict(app, { ...LIKE, writer: "Aki" });
    const metrics = await (await app.send("GET", "/metrics")).text();
    expect(metrics).toContain("\ntegaki_memory_people 1\n");
    expect(metrics).toContain("\ntegaki_memory_drawings 1\n");
  });

  test("monitoring goes by the model's answer and reports both", async () => {
    const app = await createTestApp();
    await label(app, { ...STROKES, label: "3", writer: "Aki" });
    const { id } = await predict(app, { ...LIKE, writer: "Aki" });
    await label(app, { ...LIKE, label: "3", writer: "Aki", prediction_id: id });
    await app.deps.monitor.flush();
    const { counts, accuracy, withMemory } = await app.deps.monitor.overview("all");
    expect([...counts.classes]).toEqual([["7", 1]]);
    expect(accuracy.all).toMatchObject({ n: 1, share: 0 });
    expect(withMemory).toMatchObject({ model: { n: 1, share: 0 }, shown: { n: 1, share: 1 } });
    const page = await (await app.send("GET", "/monitoring?window=all")).text();
    expect(page).toContain("100.0\u00a0% of 1 labelled drawings for which memory had a part in the answer");
  });

  test.each([
    ["an empty name", { writer: "" }],
    ["a control character", { writer: "A\u0000" }],
    ["a long name", { sitting: "s".repeat(101) }],
    ["no boolean", { personal: "yes" }],
  ])("is 422 for %s", async (_, who) => {
    const { send } = await createTestApp();
    expect((await send("POST", "/api/v1/predict", { ...STROKES, ...who })).status).toBe(422);
  });
});

describe("a sitting without a name", () => {
  test("remembers its labels, also when the client sends only a session", async () => {
    const app = await createTestApp();
    await label(app, { ...STROKES, label: "3", sitting: "s1", session: "a" });
    await label(app, { ...OTHER, label: "5", session: "s2" });
    expect(await predict(app, { ...LIKE, sitting: "s1" })).toMatchObject({ label: "3" });
    expect(await predict(app, { ...LIKE, sitting: "s2" })).toMatchObject({ label: "7", personal: { n: 1 } });
    expect(await predict(app, { ...LIKE, sitting: "a" })).toMatchObject({ label: "7", personal: NOTHING });
  });

  test("is never told to anybody", async () => {
    const app = await createTestApp();
    const { id } = await label(app, { ...STROKES, label: "3", sitting: "secret-1", session: "a" });
    for (const path of [`/api/v1/samples/${id}`, "/api/v1/samples", `/samples/${id}`]) {
      expect(await (await app.send("GET", path)).text()).not.toContain("secret-1");
    }
  });
});

describe("POST /explain with a writer", () => {
  interface Explained {
    label: string;
    personal: Answer["personal"] & { label: string; drawings: { id: string; nats: number }[] };
  }
  const explain = (app: TestApp, who: object) => post<Explained>(app, "explain", { ...LIKE, ...who });

  test("shows the drawings that spoke to the sitting that stored them, and to no other", async () => {
    const app = await createTestApp();
    const { id } = await label(app, { ...STROKES, label: "3", writer: "Aki", sitting: "s1" });
    const own = await explain(app, { writer: "Aki", sitting: "s1" });
    expect(own).toMatchObject({ label: "7", personal: { used: true, n: 1, changed_from: "7", label: "3" } });
    expect(own.personal.drawings.map((drawing) => drawing.id)).toEqual([id]);
    expect(own.personal.drawings[0]!.nats).toBeGreaterThan(0);
    for (const who of [{ writer: "Aki" }, { writer: "Aki", sitting: "s2" }]) {
      expect((await explain(app, who)).personal).toMatchObject({ used: true, label: "3", drawings: [] });
    }
    expect((await explain(app, { sitting: "s1" })).personal).toMatchObject({ used: false, drawings: [] });
  });

  test("shows none to who knows only a session, because sessions are public", async () => {
    const app = await createTestApp();
    await label(app, { ...STROKES, label: "3", session: "public" });
    expect((await explain(app, { sitting: "public" })).personal).toMatchObject({
      ...{ used: true, label: "3" },
      drawings: [],
    });
  });

  test("the Draw page's fragment shows them, or says why it does not", async () => {
    const app = await createTestApp();
    const { id } = await label(app, { ...STROKES, label: "3", writer: "Aki", sitting: "s1" });
    const html = async (who: object) => {
      const headers = { accept: "text/html", "accept-language": "en" };
      return (await app.send("POST", "/api/v1/explain", { ...LIKE, ...who }, headers)).text();
    };
    const own = await html({ writer: "Aki", sitting: "s1" });
    expect(own).toContain("With your drawings the answer is 3; the model alone predicts 7.");
    expect(own).toContain(`/samples/${id}`);
    const other = await html({ writer: "Aki", sitting: "s2" });
    expect(other).toContain("stored in another sitting");
    expect(other).not.toContain(id);
    expect(await html({})).not.toContain("Your drawings");
  });
});
