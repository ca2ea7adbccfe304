import { expect, test } from "bun:test";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { project } from "../../../config/project.ts";
import { asRole } from "../../../support/as-role.ts";
import { projectSettings } from "../../../support/project-settings.ts";
import { createTestApp, STROKES } from "../../../support/test-app.ts";

const LOCAL = "local/server.yml";
const NEW_SAMPLES = "set.scheduler.triggers.new_samples";

async function start(files: Record<string, string> = {}, options: { environ?: Record<string, string> } = {}) {
  const dir = await project(files);
  const { settings, live } = await projectSettings({ dir, ...options });
  const { app, deps } = await createTestApp({ settings });
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.request(path, { method: "POST", body: new URLSearchParams(fields), headers });
  const hash = async () => (await settings.read()).hash;
  const text = () => readFile(join(dir, "conf", LOCAL), "utf8").catch(() => null);
  return { dir, app, deps, post, hash, text, live };
}

test("GET /settings shows every setting with its value, help, bounds and default", async () => {
  const { app } = await start();
  const html = await (await app.request("/settings")).text();
  expect(html).toContain('name="set.scheduler.triggers.new_samples" aria-describedby');
  expect(html).toContain("Labels since the last training run that start the next one. 1 to 1,000,000,000.");
  expect(html).toContain("Default: 500.");
  expect(html).toContain('<a href="/settings" aria-current="page">');
});

test("POST /settings/preview shows the diff with the button that saves, and writes nothing", async () => {
  const { post, hash, text } = await start({ [LOCAL]: "models:\n  keep: 9 # few\n" });
  const fields = { hash: await hash(), "set.models.keep": " ７ ", [NEW_SAMPLES]: "500" };
  const response = await post("/settings/preview", fields);
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(html).toContain("  keep: 9 # few");
  expect(html).toContain("  keep: 7 # few");
  expect(html).toContain('<form method="post" action="/settings">');
  expect(html).toContain('type="hidden" name="set.models.keep" value=" ７ "');
  expect(html).not.toContain(`type="hidden" name="${NEW_SAMPLES}"`);
  expect(await text()).toBe("models:\n  keep: 9 # few\n");
});

test("POST /settings writes the file, puts the change in force, and returns to the page", async () => {
  const { app, post, hash, text, live } = await start();
  const response = await post("/settings", { hash: await hash(), [NEW_SAMPLES]: "50" });
  expect([response.status, response.headers.get("location")]).toEqual([303, "/settings?saved=now"]);
  expect(await text()).toBe("scheduler:\n  triggers:\n    new_samples: 50\n");
  expect(live.current().scheduler.triggers.new_samples).toBe(50);
  expect(await (await app.request("/settings?saved=now")).text()).toContain("Saved, and in force.");
});

test("POST /settings says that a change of the log takes effect after a restart", async () => {
  const { app, post, hash } = await start();
  const response = await post("/settings", { hash: await hash(), "set.log.level": "debug" });
  expect(response.headers.get("location")).toBe("/settings?saved=restart");
  expect(await (await app.request("/settings")).text()).toContain(
    "In use: info. The change takes effect after a restart.",
  );
});

test.each([
  ["en", "must be at most 1, found 2", "must be a number, found &quot;many&quot;"],
  ["ja", "1 以下", "数値"],
])(
  "POST /settings refuses values at their fields, in %s, and writes nothing",
  async (language, max, kind) => {
    const { post, hash, text } = await start();
    const fields = { hash: await hash(), "set.gate.threshold": "2", "set.gate.margin": "many" };
    const response = await post("/settings", fields, { "accept-language": language });
    const html = await response.text();
    expect(response.status).toBe(422);
    const fieldOf = (key: string) => html.split(`data-setting="${key}"`)[1]!.split("</div></div>")[0]!;
    expect(fieldOf("gate.threshold")).toContain('aria-invalid="true"');
    expect(fieldOf("gate.threshold")).toContain('value="2"');
    expect(fieldOf("gate.threshold")).toContain(max);
    expect(fieldOf("gate.margin")).toContain(kind);
    expect(html.match(/aria-invalid/g)).toHaveLength(2);
    expect(await text()).toBeNull();
  },
);

test("POST /settings shows 409 and the file's current value when another process has written meanwhile", async () => {
  const { dir, post, hash, text } = await start({ [LOCAL]: "models:\n  keep: 9\n" });
  const before = await hash();
  await writeFile(join(dir, "conf", LOCAL), "models:\n  keep: 8\n");
  const response = await post("/settings", { hash: before, "set.models.keep": "7" });
  const html = await response.text();
  expect(response.status).toBe(409);
  expect(html).toContain("conf/local/server.yml was changed by someone else");
  expect(html).toContain('value="8" id="set-models-keep"');
  expect(await text()).toBe("models:\n  keep: 8\n");
});

test("GET /settings offers the default only for values of the file that nothing has locked", async () => {
  const files = { [LOCAL]: "models:\n  keep: 9\ngate:\n  threshold: 0.9\n" };
  const { app } = await start(files, { environ: { TEGAKI_SERVER__GATE__THRESHOLD: "0.5" } });
  const html = await (await app.request("/settings")).text();
  expect(html.match(/name="reset\.[^"]+"/g)).toEqual(['name="reset.models.keep"']);
  expect(html).toContain('aria-label="Use the default: ');
  // Enter in a field checks the changes, and resets nothing.
  expect(html.indexOf('<button type="submit" hidden="">')).toBeLessThan(html.indexOf('name="reset.'));
  const ja = await (await app.request("/settings", { headers: { "accept-language": "ja" } })).text();
  expect(ja).toContain("既定値に戻す");
  const other = await start(files);
  const headers = await asRole(other.deps, "operator");
  expect(await (await other.app.request("/settings", { headers })).text()).not.toContain('name="reset.');
});

test("a reset is compared first with the other changes of the form, then saved, and its field does not count", async () => {
  const { post, hash, text, live } = await start({
    [LOCAL]: "models:\n  # disk\n  keep: 9 # few\npromotion: auto\n",
  });
  const fields = {
    hash: await hash(),
    "set.models.keep": "7",
    "set.gate.margin": "0.1",
    "reset.models.keep": "default",
  };
  const preview = await post("/settings/preview", fields);
  const html = await preview.text();
  expect(preview.status).toBe(200);
  const form = html.split('<form method="post" action="/settings">')[1]!.split("</form>")[0]!;
  expect(form).toContain('name="reset.models.keep" value="default"');
  expect(form).toContain('name="set.gate.margin" value="0.1"');
  expect(form).not.toContain('"set.models.keep"');
  expect(html).toContain("  keep: 9 # few");
  expect(html).toMatch(/value="9" id="set-models-keep"/);

  const saved = { hash: await hash(), "reset.models.keep": "default" };
  const response = await post("/settings", saved);
  expect([response.status, response.headers.get("location")]).toEqual([303, "/settings?saved=now"]);
  expect(await text()).toBe("  # disk\npromotion: auto\n");
  expect(live.current().models.keep).toBe(200);
  const again = await post("/settings", saved);
  expect(again.status).toBe(409);
});

test("POST /settings refuses the reset of a locked setting at its field", async () => {
  const { post, hash, text } = await start(
    { [LOCAL]: "gate:\n  threshold: 0.9\n" },
    { environ: { TEGAKI_SERVER__GATE__THRESHOLD: "0.5" } },
  );
  const response = await post("/settings", { hash: await hash(), "reset.gate.threshold": "default" });
  expect(response.status).toBe(422);
  expect(await response.text()).toContain("is set by TEGAKI_SERVER__GATE__THRESHOLD. Change it there");
  expect(await text()).toBe("gate:\n  threshold: 0.9\n");
});

test("a setting of an environment variable is shown, cannot be edited, and its reason names the variable", async () => {
  const { app, post, hash } = await start({}, { environ: { TEGAKI_SERVER__GATE__THRESHOLD: "0.5" } });
  const html = await (await app.request("/settings")).text();
  expect(html).toMatch(/value="0.5" id="set-gate-threshold" name="set.gate.threshold" disabled=""/);
  expect(html).toContain("Set by the environment variable TEGAKI_SERVER__GATE__THRESHOLD.");
  const response = await post("/settings", { hash: await hash(), "set.gate.threshold": "0.9" });
  expect(response.status).toBe(422);
  expect(await response.text()).toContain("is set by TEGAKI_SERVER__GATE__THRESHOLD. Change it there");
});

test("an operator sees the settings, and is refused every change with 403 and the role that is needed", async () => {
  const { app, deps, hash, text } = await start();
  const headers = await asRole(deps, "operator");
  const page = await app.request("/settings", { headers });
  const html = await page.text();
  expect(page.status).toBe(200);
  expect(html).toContain("Only an admin can change them");
  expect(html).not.toContain("Check changes");
  for (const path of ["/settings", "/settings/preview"]) {
    const body = new URLSearchParams({ hash: await hash(), "set.models.keep": "7" });
    const response = await app.request(path, { method: "POST", body, headers });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("needs the role admin");
  }
  expect(await text()).toBeNull();
});

test("POST /theme stores the appearance, and pages carry it from their first byte", async () => {
  const { app, post } = await start();
  const response = await post("/theme", { theme: "dark", back: "/settings" });
  expect([response.status, response.headers.get("location")]).toEqual([303, "/settings"]);
  const cookie = response.headers.get("set-cookie")!;
  expect(cookie).toStartWith("theme=dark; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax");
  const html = await (await app.request("/settings", { headers: { cookie: "theme=dark" } })).text();
  expect(html).toStartWith('<!doctype html><html lang="en" data-theme="dark">');
  expect(html).toContain('<meta name="theme-color" content="#131518"/>');
  expect(await (await app.request("/runs")).text()).toStartWith('<!doctype html><html lang="en">');
  expect((await post("/theme", { theme: "pink", back: "/" })).headers.get("set-cookie")).toBeNull();
});

test("a notice that is saved on the page is on the Draw page at once, and text that looks like an interpolation stays text", async () => {
  const dir = await project();
  const { settings, live } = await projectSettings({ dir });
  const { app } = await createTestApp({ settings, drawNotice: () => live.current().draw.notice });
  expect(await (await app.request("/")).text()).not.toContain("draw-notice");
  const fields = {
    hash: (await settings.read()).hash,
    "set.draw.notice.en": `Kept for 30 days.\r\nAsk \${us} <b>first</b>: 'ok'？`,
  };
  const response = await app.request("/settings", { method: "POST", body: new URLSearchParams(fields) });
  expect(response.status).toBe(303);
  for (const language of ["en", "ja"]) {
    const html = await (await app.request("/", { headers: { "accept-language": language } })).text();
    expect(html).toContain(
      `lang="en" tabindex="0">Kept for 30 days.\nAsk \${us} &lt;b&gt;first&lt;/b&gt;: &#39;ok&#39;？</section>`,
    );
  }
  expect(await (await app.request("/runs")).text()).not.toContain("draw-notice");
});

test("POST /settings/preview says how many drawings a retention deletes, before it is saved", async () => {
  const dir = await project();
  const { settings } = await projectSettings({ dir });
  // The drawing is stored at 2026-01-02T03:04:05Z, and looked at 11 days later.
  const { deps, store, send } = await createTestApp({ settings });
  await send("POST", "/api/v1/samples", { ...STROKES, label: "1" });
  const later = await createTestApp({
    ...{ settings, store, forgetter: deps.forgetter },
    clock: { now: () => new Date("2026-01-13T00:00:00.000Z") },
  });
  const preview = async (days: string) => {
    const fields = { hash: (await settings.read()).hash, "set.samples.delete_after_days": days };
    const body = new URLSearchParams(fields);
    return (await later.app.request("/settings/preview", { method: "POST", body })).text();
  };
  expect(await preview("10")).toContain("Stored drawings that are older now: 1.");
  expect(await preview("11")).toContain("Stored drawings that are older now: 0.");
  expect(await preview("")).not.toContain("Stored drawings that are older now");
});
