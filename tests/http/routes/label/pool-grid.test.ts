import { expect, test } from "bun:test";
import { fillPool } from "../../../support/scored-pool.ts";
import { createTestApp, type TestApp } from "../../../support/test-app.ts";

const PATH = "/label/grid?source=unlabelled";

async function get(app: TestApp, path: string, headers: Record<string, string> = {}) {
  const response = await app.app.request(path, { headers: { "accept-language": "en", ...headers } });
  return { status: response.status, headers: response.headers, html: await response.text() };
}

async function post(app: TestApp, path: string, fields: Record<string, string>) {
  const response = await app.app.request(path, { method: "POST", body: new URLSearchParams(fields) });
  return {
    status: response.status,
    location: response.headers.get("location") ?? "",
    html: await response.text(),
  };
}

const idsIn = (html: string) => [...html.matchAll(/name="odd\.([0-9a-f-]{36})"/g)].map(([, id]) => id!);
const labellerIn = (html: string) => /data-labeller="([^"]+)"/.exec(html)![1]!;
const fieldsOf = (html: string) => ({
  ...{ source: "unlabelled", label: "7", shown: idsIn(html).join(" ") },
  labeller: labellerIn(html),
});

test("the page has the drawings of the class for this browser, which a cookie knows; another one gets none of them", async () => {
  const app = await createTestApp();
  const ids = await fillPool(app.store, [{ p: 0.99 }, { p: 0.98 }, { isNone: true }]);
  const first = await get(app, `${PATH}&label=7`);
  expect(first.status).toBe(200);
  expect(first.headers.get("cache-control")).toBe("no-store");
  expect(idsIn(first.html)).toEqual(ids.slice(0, 2));
  expect(first.html).toMatch(/Drawing 1, predicted 7, 99\.0\s%/);
  expect(first.html).toContain("3 of 3 drawings without a label are scored by model version 1.");
  expect(first.html).toContain("Look like none of the classes, and so left out: 1.");
  const cookie = /tegaki-labeller=(anon-[0-9a-f-]+)/.exec(first.headers.get("set-cookie")!)!;
  expect(labellerIn(first.html)).toBe(cookie[1]!);
  const again = await get(app, `${PATH}&label=7`, { cookie: cookie[0] });
  expect(idsIn(again.html)).toEqual(ids.slice(0, 2));
  expect(again.headers.get("set-cookie")).toBeNull();
  const other = await get(app, `${PATH}&label=7`);
  expect(idsIn(other.html)).toEqual([]);
  expect(other.html).toContain("Others are labelling: 2.");
  const [, style] = /<link rel="stylesheet" href="(\/label\/grid\/sprite\.css[^"]+)"/.exec(first.html)!;
  const css = await get(app, style!.replaceAll("&amp;", "&"));
  const [, image] = /^:root\{--sprite:url\("(\/label\/grid\/sprite\.png[^"]+)"\)\}$/.exec(css.html)!;
  const png = await get(app, image!);
  expect([png.status, png.headers.get("content-type"), png.headers.get("cache-control")]).toEqual([
    ...[200, "image/png", "no-store"],
  ]);
  expect((await get(app, "/label/grid?source=other")).status).toBe(400);
});

test("the form labels the unmarked, asks about the marked, and its undo restores the pool", async () => {
  const app = await createTestApp();
  const [a, b, c, d] = (await fillPool(app.store, [{}, {}, {}, {}])) as [string, string, string, string];
  const { html } = await get(app, `${PATH}&label=7`);
  const fields = fieldsOf(html);
  const asked = await post(app, "/label/grid", { ...fields, [`odd.${b}`]: "on", [`odd.${c}`]: "on" });
  expect(asked.status).toBe(200);
  expect(asked.html).toContain(`name="labeller" value="${fields.labeller}"`);
  expect((await app.store.queue.counts()).unlabelled).toBe(4);
  const stored = await post(app, "/label/grid", {
    ...{ ...fields, [`odd.${b}`]: "on", [`odd.${c}`]: "on" },
    ...{ [`to.${b}`]: "label:1", [`to.${c}`]: "review" },
  });
  expect(stored.status).toBe(303);
  expect(stored.location).toMatch(
    /^\/label\/grid\?source=unlabelled&label=7&did=\d+&confirmed=2&corrected=1&left=1$/,
  );
  expect(await app.store.samples.get(b)).toMatchObject({ label: "1", state: "labelled" });
  expect(await app.store.samples.get(a)).toMatchObject({ label: "7", state: "labelled" });
  expect(await app.store.samples.get(c)).toBeNull();
  const cookie = `tegaki-labeller=${fields.labeller}`;
  const next = await get(app, stored.location, { cookie });
  expect(next.html).toContain("Labelled: 2. Decided otherwise: 1. Left without a label: 1.");
  expect(next.html).toContain("You have left or skipped: 1.");
  const action = /name="action" value="(\d+)"/.exec(next.html)![1]!;
  const undone = await post(app, "/label/grid/undo", { action, label: "7", source: "unlabelled" });
  expect(undone.location).toBe(`/label/grid?source=unlabelled&label=7&undone=${action}&restored=3`);
  expect((await app.store.queue.counts()).unlabelled).toBe(4);
  expect(idsIn((await get(app, undone.location, { cookie })).html).toSorted()).toEqual([a, b, d].toSorted());
  const twice = await post(app, "/label/grid/undo", { action, label: "7", source: "unlabelled" });
  expect(twice.location).toBe("/label/grid?source=unlabelled&label=7&again=1");
});

test("the page says why there is nothing to label", async () => {
  const app = await createTestApp();
  expect((await get(app, PATH)).html).toContain("No drawing is without a label");
  await app.send("POST", "/api/v1/queue/drawings", {
    ...{ width: 100, height: 100 },
    strokes: [
      [
        [10, 10, 0],
        [90, 90, 50],
      ],
    ],
  });
  expect((await get(app, PATH)).html).toContain("The live model has not scored any drawing yet");
  app.predictor.model = null;
  expect((await get(app, PATH)).html).toContain("There is no model yet that could predict their classes");
  app.predictor.model = { name: "digits", version: 1 };
  await fillPool(app.store, [{ isNone: true }]);
  expect((await get(app, PATH)).html).toContain("Every scored drawing looks like none of the classes");
  expect((await get(app, `${PATH}&label=7`)).html).toContain("No drawing without a label is predicted as 7");
  const { html } = await get(app, "/label/grid", { "accept-language": "ja" });
  expect(html).toMatch(/未確定のラベル <span class="grid-count">0<\/span>/);
  expect(html).toMatch(/ラベルなし <span class="grid-count">2<\/span>/);
});
