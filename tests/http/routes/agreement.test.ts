import { expect, test } from "bun:test";
import type { AgreementCounts, LabellerCounts } from "../../../src/domain/queue/opinion-store.ts";
import { newRun, newSample } from "../../storage/helpers.ts";
import { createTestApp, STROKES, type TestApp } from "../../support/test-app.ts";

const pair = (first: string, second: string, n: number) => ({
  ...{ first: `label:${first}`, second: `label:${second}`, n },
});
const NOTHING: AgreementCounts = {
  ...{ opinions: 0, drawings: 0, firstPairs: [], byLabellers: [], moreLabellers: 0 },
  ...{ knownPool: 7, contested: [] },
};
const ANN: LabellerCounts = {
  ...{ labeller: "Ann", answers: 240, known: 20, right: 18, shared: 0, equal: 0 },
  ...{ followed: 60, activeMs: 240_000, lastAt: "2026-01-02T03:04:05.000Z" },
};

/** The page for these counts. */
async function pageOf(
  counts: Partial<AgreementCounts>,
  {
    language = "en",
    shares = { second: 0.05, known: 0.03 },
    access = "local",
    labellers = [],
  }: {
    language?: string;
    shares?: { second: number; known: number };
    access?: "local" | "anyone" | "accounts";
    labellers?: LabellerCounts[];
  } = {},
): Promise<string> {
  const { app, store } = await createTestApp({ access, labelling: () => ({ leaseMs: 120_000, shares }) });
  store.opinions.agreement = async () => ({ ...NOTHING, ...counts });
  store.opinions.labellers = async () => ({ labellers, total: labellers.length });
  const response = await app.request("/label/agreement", { headers: { "accept-language": language } });
  expect(response.status).toBe(200);
  return (await response.text()).replaceAll("\u00a0", " ");
}

test("GET /label/agreement says that there is nothing yet, how many are missing, and who can see it", async () => {
  const page = await pageOf({});
  expect(page).toContain("There are no second opinions yet");
  expect(page).toContain("None are given yet: 7 of 20 drawings have a known answer");
  expect(page).toContain("No one has answered in the label queue yet");
  expect(page).toContain("Only people and programs on the computer that runs the server");
  expect(page).not.toContain("kappa is");
  expect(await pageOf({}, { access: "anyone" })).toContain(
    "Anyone who can reach this server can see this page",
  );
});

test("GET /label/agreement has no kappa for 29 drawings, and has it with its interval for 30", async () => {
  const few = await pageOf({
    firstPairs: [pair("1", "1", 20), pair("7", "7", 9)],
    opinions: 29,
    drawings: 29,
  });
  expect(few).toContain("Not enough yet: 29 of 30 drawings");
  const enough = await pageOf({ firstPairs: [pair("1", "1", 20), pair("7", "7", 8), pair("1", "7", 2)] });
  expect(enough).toMatch(/0\.84 \(95 % interval: 0\.63 to 1\.00\), from 30 drawings/);
  expect(enough).toContain("28 of 30, 93.3 % (95 % interval: 78.7 % to 98.2 %)");
  expect(enough).toContain("Landis and Koch (1977)");
  expect(enough).toContain("1 and 7");
});

test("GET /label/agreement claims no interval where all agree, and no kappa for one class", async () => {
  const all = await pageOf({ firstPairs: [pair("1", "1", 20), pair("7", "7", 20)] });
  expect(all).toContain("1.00, from 40 drawings. All answers agree, so there is no standard error");
  expect(all).toContain("All second opinions are equal to the label");
  expect(await pageOf({ firstPairs: [pair("1", "1", 40)] })).toContain(
    "There is none: every answer was the same",
  );
});

test("GET /label/agreement scores labellers: 18 of 20, 70–97 %, and the pace", async () => {
  const idle = { ...ANN, labeller: "anon-3f2a", known: 0, right: 0, followed: 3 };
  const page = await pageOf({}, { labellers: [ANN, idle] });
  expect(page).toContain("18 of 20, 70 %–97 %");
  expect(page).toMatch(/Answers per hour while active"[^>]*>900</);
  expect(page).toMatch(/Answers per hour while active"[^>]*>Not enough yet</);
  expect(page).toContain("A name that starts with anon- is a random id of one browser");
});

test("GET /label/agreement says which of the two is off", async () => {
  const page = await pageOf({}, { shares: { second: 0, known: 0 } });
  expect(page).toContain("Second opinions are off: the setting labelling.second_opinions is 0");
  expect(page).toContain("Known answers are off: the setting labelling.known_answers is 0");
});

test("GET /label/agreement in Japanese", async () => {
  const page = await pageOf(
    { firstPairs: [pair("1", "1", 20), pair("7", "7", 8), pair("1", "7", 2)] },
    { language: "ja", labellers: [ANN] },
  );
  expect(page).toContain("0.84（95 % 区間：0.63～1.00、手書き 30 件）");
  expect(page).toContain("20 件中 18 件、70 %～97 %");
  expect(page).toContain("まだ出題されません。正解がわかっている手書きは 20 件中 7 件です。");
});

/** A sample labelled 7 that Bob contradicts, or whose label run r1 suspects, or both. */
async function inReview(answer: object | null, isSuspect: boolean): Promise<TestApp & { id: string }> {
  const test = await createTestApp({
    labelling: () => ({ leaseMs: 120_000, shares: { second: 0.5, known: 0 } }),
  });
  const { store } = test;
  await test.send("POST", "/api/v1/queue/drawings", STROKES);
  const { id } = (await store.samples.insert(newSample({ label: "7", writer: "ann" }))).sample;
  const { questions } = await store.queue.next({
    ...{ labeller: "bob", order: "newest", n: 1, holding: [], live: null, compared: null },
    ...{ leaseMs: 120_000, shares: { second: 0.5, known: 0 }, draws: [0.1] },
  });
  await store.runs.create(newRun("r1"));
  if (isSuspect)
    await store.samples.putMarks("r1", [{ id, label: "7", state: "suspect", reading: "9", p: 0.002 }]);
  if (answer !== null)
    await test.send("POST", `/api/v1/queue/questions/${questions[0]!.id}/answer`, {
      labeller: "bob",
      answer,
    });
  return { ...test, id };
}

const reviewPage = async ({ app }: TestApp, language = "en") =>
  (await (await app.request("/label", { headers: { "accept-language": language } })).text()).replaceAll(
    "\u00a0",
    " ",
  );

test("GET /label says that a second opinion contradicts the label, and nothing of a model that does not", async () => {
  const test = await inReview({ label: "1" }, false);
  const page = await reviewPage(test);
  expect(page).toContain("Label 7. A second opinion is 1.");
  expect(page).toContain("A second opinion: 1 instead of 7.");
  expect(page).toContain("It is 1");
  expect(page).not.toContain("Model’s prediction");
  expect(page).not.toContain("Put into review by");
  expect(page).not.toContain("bob");
  expect(await reviewPage(test, "ja")).toContain("2 人目の回答：7 ではなく 1");
});

test("GET /label says both where the model and a second opinion contradict the label", async () => {
  const test = await inReview({ label: "1" }, true);
  const page = await reviewPage(test);
  expect(page).toContain("Label 7. The model predicts 9, and a second opinion is 1.");
  expect(page).toContain("The model gives 7 a probability of 0.20");
  expect(page).toContain("A second opinion: 1 instead of 7.");
  expect(page).toContain("It is 9");
  const japanese = await reviewPage(test, "ja");
  expect(japanese).toContain("モデルの認識結果は 9、2 人目の回答は 1 です");
});

test("GET /label says nothing of a second opinion where only the model contradicts the label", async () => {
  const page = await reviewPage(await inReview(null, true));
  expect(page).toContain("Label 7. The model predicts 9.");
  expect(page).not.toContain("econd opinion:");
  expect(page).not.toContain('class="soft small">Second opinion');
});

test("GET /label names an answer that is not a label: none of these, not usable", async () => {
  expect(await reviewPage(await inReview({ none: true }, false))).toContain(
    "A second opinion: None of these instead of 7.",
  );
  expect(await reviewPage(await inReview({ discard: true }, false))).toContain(
    "A second opinion: Not usable instead of 7.",
  );
});

test("the label of a second opinion can be taken with one button, and the decision undone", async () => {
  const test = await inReview({ label: "1" }, false);
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const post = (path: string, fields: Record<string, string>) =>
    test.app.request(path, { method: "POST", headers, body: new URLSearchParams(fields).toString() });
  const page = await reviewPage(test);
  expect(page).toMatch(/name="as" value="1" data-do="reading"/);
  const decided = await post(`/label/${test.id}`, { was: "7", as: "1" });
  expect(decided.headers.get("location")).toContain("did=relabel");
  expect(await test.store.samples.get(test.id)).toMatchObject({ label: "1", review: { state: "confirmed" } });
  const undone = await post(`/label/${test.id}/undo`, { was: "7", from: "suspect" });
  expect(undone.headers.get("location")).toContain("did=undo");
  expect(await reviewPage(test)).toContain("A second opinion: 1 instead of 7.");
});

test("GET /samples/{id} lists the answers of others", async () => {
  const { app, id } = await inReview({ label: "1" }, false);
  const page = await (await app.request(`/samples/${id}`)).text();
  expect(page).toContain("Other answers");
  expect(page).toMatch(/bob[\s\S]*Second opinion[\s\S]*>1<[\s\S]*>7</);
});
