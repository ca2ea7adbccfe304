import { expect, test } from "bun:test";
import { createTestApp, type TestApp } from "../../support/test-app.ts";

const HTMX = { "hx-request": "true" };

function post(test: TestApp, path: string, fields: Record<string, string> = {}, headers = {}) {
  return test.app.request(path, { method: "POST", body: new URLSearchParams(fields), headers });
}

test("GET /models lists versions with accuracy and gate, and marks the live one", async () => {
  const { app } = await createTestApp();
  const html = await (await app.request("/models")).text();
  const row = (version: number) => html.split(`<tr id="model-${version}">`)[1]!.split("</tr>")[0]!;
  expect(row(1)).toContain("Live");
  expect(row(1)).not.toContain("/promote");
  expect(row(2)).toContain("99.10\u00a0%");
  expect(row(2)).toContain('action="/models/2/promote"');
  expect(row(3)).toContain("Failed");
});

test("GET /models asks for confirmation before promoting a version that failed the gate, and for no other", async () => {
  const { app } = await createTestApp();
  const html = await (await app.request("/models")).text();
  const row = (version: number) => html.split(`<tr id="model-${version}">`)[1]!.split("</tr>")[0]!;
  expect(row(3)).toContain('name="force"');
  expect(row(3)).toContain("Promote anyway");
  expect(row(3)).toContain("mnist_test accuracy 0.991, at least 0.98 expected");
  expect(row(2)).not.toContain('name="force"');
});

test("POST /models/{version}/promote moves the champion and answers htmx with the list and a notice", async () => {
  const app = await createTestApp();
  const response = await post(app, "/models/2/promote", { expected: "1" }, HTMX);
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(app.registry.championVersion).toBe(2);
  expect(html).toStartWith('<div id="models"');
  expect(html).toContain(
    '<div id="notice" hx-swap-oob="innerHTML"><p class="notice">Model 2 is now live.</p></div>',
  );
});

test("POST /models/{version}/promote without script redirects to the list", async () => {
  const response = await post(await createTestApp(), "/models/2/promote", { expected: "1" });
  expect([response.status, response.headers.get("location")]).toEqual([303, "/models"]);
});

test("POST /models/{version}/promote refuses with 409 when another version went live in the meantime", async () => {
  const app = await createTestApp();
  const response = await post(app, "/models/2/promote", { expected: "3" }, HTMX);
  expect(response.status).toBe(409);
  expect(await response.text()).toContain("The champion is version 1, not 3 as expected");
  expect(app.registry.championVersion).toBe(1);
});

test("POST /models/{version}/promote requires the checkbox for a version that failed the gate", async () => {
  const app = await createTestApp();
  const refused = await post(app, "/models/3/promote", { expected: "1" });
  expect(refused.status).toBe(409);
  expect(await refused.text()).toContain("Select the checkbox to promote it anyway.");
  expect((await post(app, "/models/3/promote", { expected: "1", force: "yes" })).status).toBe(303);
  expect(app.registry.championVersion).toBe(3);
});

test("POST /models/{version}/promote answers 404 for a version that does not exist", async () => {
  const app = await createTestApp();
  expect((await post(app, "/models/99/promote")).status).toBe(404);
  expect((await post(app, "/models/x/promote")).status).toBe(404);
});

test("POST /models/rollback restores the previous version, and is 409 when there is none", async () => {
  const app = await createTestApp();
  const none = await post(app, "/models/rollback", {}, HTMX);
  expect(none.status).toBe(409);
  expect(await none.text()).toContain("There is no previous champion");
  await post(app, "/models/2/promote");
  const back = await post(app, "/models/rollback", {}, HTMX);
  expect(await back.text()).toContain("Rolled back. Model 1 is now live.");
  expect(app.registry.championVersion).toBe(1);
});

test("POST /models/rollback explains in Japanese that there is no earlier champion", async () => {
  const response = await post(
    await createTestApp(),
    "/models/rollback",
    {},
    { ...HTMX, "accept-language": "ja" },
  );
  expect(response.status).toBe(409);
  expect(await response.text()).toContain(
    "ロールバックできません。以前のチャンピオンに、正常に動作するものがありません。",
  );
});

test("GET /models/{version} shows where it comes from and links its parent", async () => {
  const { app } = await createTestApp();
  const html = await (await app.request("/models/2")).text();
  expect(html).toContain("99.10\u00a0%");
  expect(html).toContain('href="/models/1"');
  expect(html).toContain("on 10,000 images");
});

test("GET /models/{version} answers 404 for an invalid version", async () => {
  const { app } = await createTestApp();
  for (const path of ["/models/99", "/models/0", "/models/x", "/models/1e3"]) {
    expect((await app.request(path)).status).toBe(404);
  }
});
