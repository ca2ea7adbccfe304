import { describe, expect, test } from "bun:test";
import { newSample } from "../../../storage/helpers.ts";
import { createTestApp, type TestApp } from "../../../support/test-app.ts";

async function get(app: TestApp, path: string, language = "en") {
  const response = await app.app.request(path, { headers: { "accept-language": language } });
  return { status: response.status, html: await response.text() };
}

/** Sends a form as a browser without a script does. */
async function post(app: TestApp, path: string, fields: Record<string, string>) {
  const response = await app.app.request(path, { method: "POST", body: new URLSearchParams(fields) });
  const location = response.headers.get("location") ?? "";
  return { status: response.status, location, html: await response.text() };
}

const add = async ({ store }: TestApp, change: Parameters<typeof newSample>[0] = {}) =>
  (await store.samples.insert(newSample({ label: "7", predicted: "7", ...change }))).sample.id;
const idsIn = (html: string) => [...html.matchAll(/name="odd\.([0-9a-f-]{36})"/g)].map(([, id]) => id!);
const states = async ({ store }: TestApp, ids: readonly string[]) =>
  Promise.all(
    ids.map(async (id) => {
      const sample = (await store.samples.get(id))!;
      return [sample.label, sample.state, sample.review.state];
    }),
  );

describe("/label/grid", () => {
  test("shows a checkbox per drawing, the count of each class, and the pictures without a script", async () => {
    const app = await createTestApp();
    for (let i = 0; i < 3; i++) await add(app, { predicted: i === 1 ? "1" : "7" });
    await add(app, { label: "1" });
    // The class with the most to confirm, when none is requested.
    const { status, html } = await get(app, "/label/grid");
    expect(status).toBe(200);
    expect(idsIn(html)).toHaveLength(3);
    expect(html).toContain("Drawing 1, labelled 7, predicted 1");
    const toConfirm = (label: string, n: number) =>
      new RegExp(
        `<b>${label}</b> <span class="grid-count">${n}</span>\\s*<span class="unseen"> to confirm</span>`,
      );
    expect(html).toMatch(toConfirm("7", 3));
    expect(html).toMatch(toConfirm("1", 1));
    expect(html).toContain("7: 0 of 3 confirmed, 3 to go.");
    const style = /<link rel="stylesheet" href="(\/samples\/sprite\.css[^"]+)"/.exec(html)![1]!;
    const css = await app.app.request(style.replaceAll("&amp;", "&"));
    expect([css.status, css.headers.get("content-type")]).toEqual([200, "text/css; charset=utf-8"]);
    const [, image] = /^:root\{--sprite:url\("(\/samples\/sprite\.png[^"]+)"\)\}$/.exec(await css.text())!;
    expect((await app.app.request(image!)).headers.get("content-type")).toBe("image/png");
    expect((await app.app.request("/samples/sprite.css?ids=x%22)")).status).toBe(400);
  });

  test("a label in review that is on the grid is marked, and the line says how many of those to go are in review", async () => {
    const app = await createTestApp();
    const [suspect, held] = [await add(app), await add(app)];
    await add(app);
    const mark = { label: "7", reading: "1", p: 0.01 };
    await app.store.samples.putMarks("run", [
      { ...mark, id: suspect, state: "suspect" },
      { ...mark, id: held, state: "held" },
    ]);
    const { html } = await get(app, "/label/grid?label=7");
    expect(html).toContain("7: 0 of 3 confirmed, 2 to go, 1 of them in review (!).");
    expect(html).toContain("Only in review: 1.");
    expect(html.match(/<b>!<\/b>/g)).toHaveLength(1);
  });

  test("without a script, the form confirms the unmarked, asks about the marked, and is undone as a whole", async () => {
    const app = await createTestApp();
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.push(await add(app));
    const { html } = await get(app, "/label/grid?label=7");
    const shown = idsIn(html);
    expect(shown.toSorted()).toEqual(ids.toSorted());
    const [other, none, withdrawn, left] = shown as [string, string, string, string];
    const marks = Object.fromEntries([other, none, withdrawn, left].map((id) => [`odd.${id}`, "on"]));
    const form = { label: "7", shown: shown.join(" "), ...marks };

    const asked = await post(app, "/label/grid", form);
    expect(asked.status).toBe(200);
    expect(asked.html.match(/<select /g)).toHaveLength(4);
    expect(asked.html).toContain("What are the marked drawings?");
    expect(await states(app, shown)).toEqual(shown.map(() => ["7", "labelled", null]));

    const stored = await post(app, "/label/grid", {
      ...form,
      ...{ [`to.${other}`]: "label:1", [`to.${none}`]: "none" },
      ...{ [`to.${withdrawn}`]: "withdraw", [`to.${left}`]: "review" },
    });
    expect([stored.status, stored.location]).toEqual([
      303,
      "/label/grid?label=7&did=1&confirmed=2&corrected=3&left=1",
    ]);
    expect(await states(app, shown)).toEqual([
      ["1", "labelled", "confirmed"],
      [null, "negative", null],
      ["7", "rejected", null],
      ["7", "labelled", "suspect"],
      ["7", "labelled", "confirmed"],
      ["7", "labelled", "confirmed"],
    ]);
    const after = await get(app, stored.location);
    expect(after.html).toContain("Confirmed: 2. Changed: 3. Left to review: 1.");
    expect(after.html).toContain("Every label 7 is confirmed, except 1 in review");
    const japanese = await get(app, stored.location, "ja");
    expect(japanese.html).toContain("2 件を確定しました。");

    const undone = await post(app, "/label/grid/undo", { action: "1", label: "7" });
    expect([undone.status, undone.location]).toEqual([303, "/label/grid?label=7&undone=1&restored=6"]);
    expect(await states(app, shown)).toEqual(shown.map(() => ["7", "labelled", null]));
    expect((await get(app, undone.location)).html).toContain("Undone. As before: 6.");
    const again = await post(app, "/label/grid/undo", { action: "1", label: "7" });
    expect([again.status, again.location]).toEqual([303, "/label/grid?label=7&again=1"]);
    expect((await get(app, again.location)).html).toContain("already undone");
  });

  test("what changed in the meantime is named, with a link, and left", async () => {
    const app = await createTestApp();
    const [plain, changed] = [await add(app), await add(app)];
    await app.store.samples.update(changed, { label: "2" }, { kind: "local", name: null });
    const { location } = await post(app, "/label/grid", { label: "7", shown: `${plain} ${changed}` });
    expect(location).toContain("confirmed=1");
    const { html } = await get(app, location);
    expect(html).toContain("Changed in the meantime, and so left as they are: 1.");
    expect(html).toContain(`href="/samples/${changed}"`);
    expect((await app.store.samples.get(changed))!.label).toBe("2");
  });

  test("says when a class, or every class, is confirmed, and where to continue", async () => {
    const app = await createTestApp();
    expect((await get(app, "/label/grid")).html).toContain("Every label is confirmed");
    await app.store.samples.confirm({ id: await add(app) });
    await add(app, { label: "1" });
    const { html } = await get(app, "/label/grid?label=7");
    expect(html).toContain("Every label 7 is confirmed");
    expect(html).toContain('href="/label/grid?label=1"');
    expect((await get(app, "/label/grid?label=2")).html).toContain("There is no drawing labelled 2");
  });

  test("a class, a decision or a form that there is not is refused with what was expected", async () => {
    const app = await createTestApp();
    const id = await add(app);
    const form = { label: "7", shown: id, [`odd.${id}`]: "on" };
    const cases: [Record<string, string>, string][] = [
      [{ ...form, label: "A" }, "expected one of 0, 1"],
      [{ label: "7", shown: "" }, "expected the ids of 1 to 100 drawings"],
      [{ label: "7", shown: "x" }, "expected the ids of 1 to 100 drawings"],
      [{ ...form, [`to.${id}`]: "guess" }, "none, withdraw or review"],
      [{ ...form, [`to.${id}`]: "label:A" }, "expected one of 0, 1"],
    ];
    for (const [fields, message] of cases) {
      const { status, html } = await post(app, "/label/grid", fields);
      expect([status >= 400 && status < 500, html.includes(message)]).toEqual([true, true]);
    }
    expect((await get(app, "/label/grid?label=A")).status).toBe(422);
    expect((await post(app, "/label/grid/undo", { action: "x" })).status).toBe(400);
    expect((await post(app, "/label/grid/undo", { action: "77" })).status).toBe(404);
    expect(await states(app, [id])).toEqual([["7", "labelled", null]]);
  });

  test("with more classes than fit on buttons, the dialog has a list of them", async () => {
    const classes = Array.from({ length: 50 }, (_, i) => `c${i}`);
    const app = await createTestApp({ classes });
    await add(app, { label: "c1", predicted: null, confidence: null });
    const { html } = await get(app, "/label/grid?label=c1");
    const dialog = html.slice(html.indexOf('<dialog id="grid-ask"'));
    expect(dialog).toContain('<select id="grid-ask-label">');
    expect(dialog.match(/<option value="c/g)).toHaveLength(49);
    expect(dialog).not.toContain("data-label=");
  });

  test("an address that anyone may write says nothing that is not a number or an id", async () => {
    const app = await createTestApp();
    await add(app);
    const { status, html } = await get(
      app,
      "/label/grid?label=7&did=x&confirmed=<b>&named=gone:<script>&kept.gone=1e9",
    );
    expect(status).toBe(200);
    expect(html).not.toContain("<script>&");
    expect(html).not.toContain("Confirmed:");
  });
});
