import { expect, test } from "bun:test";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { RunResults } from "../../../src/domain/runs/run-results.ts";
import type { Sample } from "../../../src/domain/sample.ts";
import type { ScreeningMark } from "../../../src/domain/samples/review.ts";
import { newRun, newSample } from "../../storage/helpers.ts";
import { RESULTS } from "../../support/examples.ts";
import { createTestApp, type TestApp } from "../../support/test-app.ts";

const REASON = {
  detail: "30 of 100 new labels contradict the model (30 %; 10 % is the limit). The batch is in review",
  says: { key: "heldShare", figures: { n: 30, row: 100, share: 0.3, shareLimit: 0.1 } },
};
const SIDE = { n: 100, suspect: 30, writer_held: 0, writer_cap: 0, near_duplicate: 0, used: 70 };
const results: RunResults = {
  ...RESULTS,
  screening: async () => ({
    is_screened: true,
    train: { ...SIDE, reason: REASON },
    holdout: { ...SIDE, reason: null },
    suspects: [],
  }),
};

type Mark = Pick<ScreeningMark, "state" | "p"> & { label: string; reading: string | null };

/** An application whose run r1 has screened these labels. */
async function appWith(marks: readonly Mark[]): Promise<TestApp & { samples: Sample[] }> {
  const test = await createTestApp({ results });
  const samples: Sample[] = [];
  for (const { label } of marks) {
    samples.push((await test.store.samples.insert(newSample({ label, writer: "ann" }))).sample);
  }
  await test.store.runs.create(newRun("r1"));
  await test.store.samples.putMarks(
    "r1",
    marks.map((mark, i) => ({ ...mark, id: samples[i]!.id })),
  );
  return { ...test, samples };
}

const SUSPECT = { state: "suspect", label: "7", reading: "1", p: 0.002 } as const;
const HELD = { state: "held", label: "3", reading: "3", p: 0.9 } as const;

const textOf = async (response: Response | Promise<Response>) => (await response).text();
const post = ({ app }: TestApp, path: string, fields: Record<string, string>) =>
  app.request(path, {
    method: "POST",
    body: new URLSearchParams(fields).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
/** Sends a decision, and opens the page to which it leads. */
async function decide(test: TestApp & { samples: Sample[] }, fields: Record<string, string>) {
  const response = await post(test, `/label/${test.samples[0]!.id}`, { was: "7", ...fields });
  const path = response.headers.get("location") ?? "";
  return { status: response.status, path, page: path === "" ? "" : await textOf(test.app.request(path)) };
}
const reviewOf = async ({ store }: TestApp, { id }: Sample) => {
  const sample = await store.samples.get(id);
  return [sample?.label, sample?.state, sample?.review.state];
};

test("GET /label?state=suspect says that there is nothing to review in an empty store", async () => {
  const { app } = await createTestApp();
  const page = await textOf(app.request("/label?state=suspect"));
  expect(page).toContain("Nothing to review");
  expect(page).not.toContain("nav-count");
});

test("GET /label shows the least probable label with the model's prediction, and the count in the navigation", async () => {
  const { app } = await appWith([{ ...SUSPECT, label: "4", p: 0.4 }, SUSPECT, HELD]);
  const page = await textOf(app.request("/label"));
  expect(page).toContain("Label 7. The model predicts 1.");
  expect(page).toContain("The model gives 7 a probability of 0.20");
  expect(page).toContain("7 is correct");
  expect(page).toContain("It is 1");
  expect(page).toMatch(/nav-count[^>]*>\s*3</);
  expect(await textOf(app.request("/"))).toMatch(/nav-count[^>]*>\s*3</);
});

test("a decision needs no script: each leads to the page that reports it", async () => {
  for (const [fields, review, notice] of [
    [{ do: "confirm" }, ["7", "labelled", "confirmed"], "7 was correct."],
    [{ do: "reading" }, ["1", "labelled", "confirmed"], "Changed from 7 to 1."],
    [{ as: "9" }, ["9", "labelled", "confirmed"], "Changed from 7 to 9."],
    [{ as: "7" }, ["7", "labelled", "confirmed"], "7 was correct."],
    [{ do: "none" }, [null, "negative", null], "7 is now none of the labels."],
    [{ do: "withdraw" }, ["7", "rejected", null], "7 withdrawn."],
  ] as const) {
    const test = await appWith([SUSPECT]);
    const { status, page } = await decide(test, fields);
    expect(status).toBe(303);
    expect(page).toContain(notice);
    expect(await reviewOf(test, test.samples[0]!)).toEqual([...review]);
    expect(page).toContain("Nothing to review");
  }
});

test("POST /label/:id/undo puts each decision back into review, with its label and its place", async () => {
  for (const fields of [{ do: "confirm" }, { do: "reading" }, { do: "none" }, { do: "withdraw" }]) {
    const test = await appWith([SUSPECT, { ...SUSPECT, label: "4", p: 0.5 }]);
    const { page } = await decide(test, fields);
    expect(page).toContain("Label 4.");
    expect(page).toContain(`action="/label/${test.samples[0]!.id}/undo"`);
    const undone = await post(test, `/label/${test.samples[0]!.id}/undo`, { was: "7", from: "suspect" });
    const after = await textOf(test.app.request(undone.headers.get("location")!));
    expect(after).toContain("Undone: 7 is in review again.");
    expect(after).toContain("Label 7. The model predicts 1.");
    expect(await reviewOf(test, test.samples[0]!)).toEqual(["7", "labelled", "suspect"]);
  }
});

test("a decision about a label that has changed in the meantime, or is pinned, changes nothing", async () => {
  const changed = await appWith([SUSPECT]);
  await changed.store.samples.update(changed.samples[0]!.id, { label: "2" }, LOCAL);
  expect((await decide(changed, { do: "withdraw" })).page).toContain("has been changed in the meantime");
  expect(await reviewOf(changed, changed.samples[0]!)).toEqual(["2", "labelled", null]);
  const pinned = await appWith([SUSPECT]);
  await pinned.store.samples.pin(pinned.samples[0]!.id, true);
  expect((await decide(pinned, { as: "2" })).page).toContain("has been changed in the meantime");
  const undo = await post(pinned, `/label/${pinned.samples[0]!.id}/undo`, { was: "2", from: "suspect" });
  expect(undo.status).toBe(409);
  expect(await textOf(undo)).toContain("is pinned");
  expect(await reviewOf(pinned, pinned.samples[0]!)).toEqual(["7", "labelled", "pinned"]);
});

test("a decision without a label, or with one that is not a class, is refused", async () => {
  const test = await appWith([SUSPECT]);
  expect((await decide(test, {})).status).toBe(400);
  expect((await decide(test, { as: "x" })).status).toBe(422);
  expect(await reviewOf(test, test.samples[0]!)).toEqual(["7", "labelled", "suspect"]);
});

test("skipping goes to the next label, and at the end offers to start over", async () => {
  const { app } = await appWith([SUSPECT, { ...SUSPECT, label: "4", p: 0.5 }]);
  const skipIn = (page: string) =>
    /href="([^"]+)"[^>]*data-do="skip"/.exec(page)![1]!.replaceAll("&amp;", "&");
  const second = await textOf(app.request(skipIn(await textOf(app.request("/label")))));
  expect(second).toContain("Label 4.");
  const end = await textOf(app.request(skipIn(second)));
  expect(end).toContain("That was the last one. Skipped: 2.");
  expect(end).toContain('href="/label"');
});

test("a batch is shown with the reason of its run, and is confirmed or withdrawn as a whole", async () => {
  for (const [action, review, notice] of [
    ["confirm", ["3", "labelled", "confirmed"], "Labels confirmed: 3."],
    ["withdraw", ["3", "rejected", null], "Labels withdrawn: 3."],
  ] as const) {
    const test = await appWith([SUSPECT, HELD, HELD]);
    const page = await textOf(test.app.request("/label"));
    expect(page).toContain(REASON.detail);
    expect(page).toContain("Labels in review: 3");
    expect(page).toContain('href="/runs/r1"');
    const response = await post(test, `/label/batches/r1/${action}`, {});
    expect(response.status).toBe(303);
    expect(await textOf(test.app.request(response.headers.get("location")!))).toContain(notice);
    expect(await reviewOf(test, test.samples[1]!)).toEqual([...review]);
    // The suspect one of the batch is included.
    expect(await reviewOf(test, test.samples[0]!)).toEqual(["7", ...review.slice(1)]);
  }
});

test("the labels of a batch can be checked one at a time", async () => {
  const test = await appWith([HELD]);
  const page = await textOf(test.app.request("/label?state=held&run=r1"));
  expect(page).toContain("Label 3. The model predicts 3.");
  expect(page).toContain('name="state" value="held"');
  expect(await textOf(test.app.request("/label?state=held&run=r2"))).toContain("Nothing to review");
});

test("GET /label answers htmx with the queue alone, and the count for the navigation", async () => {
  const { app } = await appWith([SUSPECT]);
  const html = await textOf(app.request("/label", { headers: { "hx-request": "true" } }));
  expect(html).toStartWith('<div id="queue"');
  expect(html).toContain('id="nav-review" hx-swap-oob="innerHTML"');
});

test("an address that cannot be read shows the start of the queue; a bad cursor is refused", async () => {
  const { app } = await appWith([SUSPECT]);
  const odd = await textOf(app.request("/label?did=confirm&id=<script>&was=7&from=odd"));
  expect(odd).toContain("Label 7.");
  expect(odd).not.toContain("<script>&");
  expect((await app.request("/label?after=nonsense")).status).toBe(400);
});

test("POST /label/batches of an unknown run is 404, and a body that is not a form is refused", async () => {
  const test = await appWith([HELD]);
  expect((await post(test, "/label/batches/r9/confirm", {})).status).toBe(404);
  expect(await reviewOf(test, test.samples[0]!)).toEqual(["3", "labelled", "held"]);
});

test("a label that someone has left to review in the grid says so, and offers the prediction of when it was drawn", async () => {
  const test = await createTestApp();
  const { sample } = await test.store.samples.insert(newSample({ label: "7", predicted: "1" }));
  const odd = [{ id: sample.id, decision: { kind: "review" } as const }];
  await test.store.grid.decide({ label: "7", confirm: [], odd }, LOCAL);
  const page = await textOf(test.app.request("/label"));
  expect(page).toContain("Someone marked it as odd in the grid. No run has screened it yet.");
  expect(page).toContain("Left to review by");
  expect(page).toContain("It is 1");
  expect(page).not.toContain("probability");
  const fields = { was: "7", do: "reading" };
  const { status, path } = await decide({ ...test, samples: [sample] }, fields);
  expect([status, path]).toEqual([303, expect.stringContaining("did=relabel")]);
  expect((await test.store.samples.get(sample.id))!.label).toBe("1");
  const undone = await post(test, `/label/${sample.id}/undo`, { was: "7", from: "suspect" });
  expect(undone.status).toBe(303);
  expect((await test.store.samples.get(sample.id))!.review).toMatchObject({
    state: "suspect",
    leftBy: LOCAL,
  });
});

test("GET /label with a state that there is not is refused, with the known ones", async () => {
  const { app } = await createTestApp();
  const response = await app.request("/label?state=foo");
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("state: expected one of suspect, held, found &quot;foo&quot;");
  expect((await app.request("/label?state=")).status).toBe(200);
});

test("a path below /label that is no page is not found, whatever the method", async () => {
  const test = await createTestApp();
  expect((await test.app.request("/label/nope")).status).toBe(404);
  expect((await post(test, "/label/nope", { was: "7" })).status).toBe(404);
  const sample = "/label/00000000-0000-7000-8000-000000000000";
  const known = await test.app.request(sample);
  expect([known.status, known.headers.get("allow")]).toEqual([405, "POST"]);
});
