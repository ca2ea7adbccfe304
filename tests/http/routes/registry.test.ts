import { afterEach, beforeEach, expect, test } from "bun:test";
import { join } from "node:path";
import { modelArchive } from "../../support/model-archives.ts";
import { templateModel } from "../../support/models.ts";
import { createRegistryApp } from "../../support/registry-app.ts";

let app: Awaited<ReturnType<typeof createRegistryApp>>;
beforeEach(async () => {
  app = await createRegistryApp();
});
afterEach(() => app.remove());

const page = async (path: string, headers: Record<string, string> = {}) => {
  const response = await app.app.request(path, { headers });
  return { status: response.status, html: await response.text() };
};

async function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await app.app.request(path, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers,
  });
  return { status: response.status, location: response.headers.get("location"), html: await response.text() };
}

async function upload(sharpness = 20) {
  const form = new FormData();
  form.set("file", new File([await modelArchive({}, templateModel(sharpness))], "mine.zip"));
  return app.app.request("/models/import", { method: "POST", body: form });
}

test("POST /models/import registers the uploaded archive and opens its page", async () => {
  const response = await upload();
  expect([response.status, response.headers.get("location")]).toEqual([303, "/models/1"]);
  const { html } = await page("/models/1");
  expect(html).toContain("Imported from mine.zip");
  expect(html).toContain("Imported");
  const again = await upload();
  expect(again.status).toBe(409);
  expect(await again.text()).toContain("This model is already registered as version 1");
});

test("POST /models/import explains what is missing", async () => {
  const empty = await app.app.request("/models/import", { method: "POST", body: new FormData() });
  expect(empty.status).toBe(400);
  expect(await empty.text()).toContain("Choose a zip archive with a model first");
});

test("a forced promotion is marked on the list, on the version and in the log", async () => {
  await upload();
  await post("/models/1/promote", { force: "yes" });
  for (const path of ["/models", "/models/1", "/models/deployments"]) {
    expect((await page(path)).html).toContain('<span class="tag tag-forced">Forced</span>');
  }
});

test("the roll-back dialog names the version that will answer, and says so when there is none", async () => {
  for (const sharpness of [20, 19, 18]) await upload(sharpness);
  await post("/models/1/promote", { force: "yes" });
  expect((await page("/models")).html).toContain("There is nothing to roll back to");
  await post("/models/2/promote", { force: "yes" });
  await post("/models/3/promote", { force: "yes" });
  expect((await page("/models")).html).toContain("Roll back to model 2?");
  // Its files are gone: the deployment before would still name it.
  const { key } = (await app.store.models.get(2))!;
  await Bun.file(join(app.dataDir, key, "model.json")).delete();
  const { html } = await page("/models");
  expect(html).toContain("Roll back to model 1?");
  expect(html).toContain('<input type="hidden" name="expected" value="1"/>');
  expect((await post("/models/rollback", { expected: "2" })).status).toBe(409);
  expect((await post("/models/rollback", { expected: "1" })).location).toBe("/models");
});

test("GET /models/deployments says what answered on a day, in the reader's time zone", async () => {
  await upload();
  await post("/models/1/promote", { force: "yes" });
  const [deployment] = await app.registry.deployments(1);
  const day = new Date(deployment!.createdAt);
  const tokyo = day.toLocaleDateString("sv", { timeZone: "Asia/Tokyo" });
  const { html } = await page(`/models/deployments?on=${tokyo}`, { cookie: "tz=Asia/Tokyo" });
  expect(html).toContain(`On ${tokyo}, drawings were recognised by: Model 1.`);
  expect((await page("/models/deployments?on=2020-01-01")).html).toContain(
    "No model answered on 2020-01-01.",
  );
  expect((await page("/models/deployments?on=soon")).html).toContain("This is not a day.");
  const japanese = await page("/models/deployments?on=2020-01-01", { "accept-language": "ja" });
  expect(japanese.html).toContain("2020-01-01 に認識していたモデルはありません。");
});

test("the forms of a version set and remove aliases, tags and the note", async () => {
  await upload();
  expect((await post("/models/1/aliases", { alias: "stable" })).location).toBe("/models/1");
  await post("/models/1/tags", { tag: "team=kanji" });
  await post("/models/1/note", { note: "line 1\r\nline 2" });
  expect(await app.registry.get(1)).toMatchObject({
    ...{ aliases: ["stable"], tags: { team: "kanji" }, note: "line 1\nline 2" },
  });
  await post("/models/1/aliases", { remove: "stable" });
  await post("/models/1/tags", { remove: "team" });
  await post("/models/1/note", { note: "" });
  expect(await app.registry.get(1)).toMatchObject({ aliases: [], tags: {}, note: null });
  const reserved = await post("/models/1/aliases", { alias: "champion" });
  expect(reserved.status).toBe(409);
  expect(reserved.html).toContain("The alias &quot;champion&quot; is reserved");
  expect((await post("/models/9/note", { note: "x" })).status).toBe(404);
});

test("a version says why it cannot be deleted, and is deleted when nothing needs it", async () => {
  await upload();
  await upload(19);
  await post("/models/1/promote", { force: "yes" });
  expect((await page("/models/1")).html).toContain("the alias &quot;champion&quot; points to it");
  expect((await post("/models/1/delete", {})).status).toBe(409);
  expect((await page("/models/2")).html).toContain("Delete the files of model 2?");
  expect((await post("/models/2/delete", {})).location).toBe("/models/2");
  const { html } = await page("/models/2");
  expect(html).toContain("The files of this version were removed.");
  expect(html).not.toContain("/models/2/promote");
  expect((await page("/models/2/export")).status).toBe(409);
});

test("GET /models/{a}/diff/{b} shows the layers, and the form leads there", async () => {
  await upload();
  await upload(10);
  const response = await app.app.request("/models/1/diff?with=2");
  expect([response.status, response.headers.get("location")]).toEqual([303, "/models/1/diff/2"]);
  const { html } = await page("/models/1/diff/2");
  expect(html).toContain("Model 1 and model 2");
  expect(html).toContain("<code>predictions</code>");
  expect((await page("/models/1/diff/nope")).status).toBe(404);
});

test("GET /models has pages of 25 versions", async () => {
  for (let i = 0; i < 26; i++) {
    const entry = { key: `registry/${i}`, sha256: "ab".repeat(32), runId: null, parentVersion: null };
    await app.registry.register({
      ...entry,
      metrics: { evaluations: {}, gate: null, others: {} },
      gate: null,
    });
  }
  const { html } = await page("/models");
  expect(html).toContain('href="/models?before=2"');
  expect((await page("/models?before=2")).html).toContain('<tr id="model-1">');
  expect((await page("/models?before=2")).html).not.toContain('<tr id="model-2">');
});
