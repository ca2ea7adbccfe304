import { expect, test } from "bun:test";
import { createTestApp } from "../../support/test-app.ts";

test("GET / has the pad, a button for each digit and the live version", async () => {
  const { app } = await createTestApp();
  const response = await app.request("/");
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(html.startsWith("<!doctype html>")).toBe(true);
  for (let digit = 0; digit <= 9; digit++) expect(html).toContain(`aria-label="Label as ${digit}"`);
  expect(html).toContain('aria-label="Drawing area. Draw one digit"');
  expect(html).toContain("Model 1</strong>");
  expect(html).toContain('hx-sse:connect="/events?view=draw"');
});

test("GET / has the note on ink that the model does not see, and the way back to touch, in both languages", async () => {
  const { app } = await createTestApp();
  const html = async (language: string) =>
    (await app.request("/", { headers: { "accept-language": language } })).text();
  expect(await html("en")).toContain('role="status" data-text="The pale ink is far from the rest.');
  expect(await html("en")).toContain("Allow touch</button>");
  expect(await html("ja")).toContain('role="status" data-text="薄く表示した線は');
  expect(await html("ja")).toContain("指での入力を許可</button>");
});

test("GET / says so when no model is loaded", async () => {
  const { app, predictor } = await createTestApp();
  predictor.model = null;
  expect(await (await app.request("/")).text()).toContain("No model loaded");
});

test("GET / counts the new labels that the scheduler reports", async () => {
  const { app, scheduler } = await createTestApp();
  scheduler.newSamples = 41;
  expect(await (await app.request("/")).text()).toContain("41 of 500 new labels");
});

test("GET / answers in the language that the browser prefers", async () => {
  const { app } = await createTestApp();
  const languageFor = async (accept: string) => {
    const html = await (await app.request("/", { headers: { "accept-language": accept } })).text();
    return /<html lang="(\w+)">/.exec(html)?.[1];
  };
  expect(await languageFor("ja-JP,ja;q=0.9,en;q=0.8")).toBe("ja");
  expect(await languageFor("en;q=0.5, ja;q=0.9")).toBe("ja");
  expect(await languageFor("fr-FR, ja;q=0")).toBe("en");
  expect(await languageFor(";;q=x,,")).toBe("en");
});

test("a path that does not exist is a page with status 404 in the reader's language", async () => {
  const { app } = await createTestApp();
  const response = await app.request("/nowhere", { headers: { "accept-language": "ja" } });
  expect(response.status).toBe(404);
  expect(await response.text()).toContain("ページが見つかりません");
});

test("GET / in a project of letters requires these, names its keys, and shows how far the first model is", async () => {
  const { app, predictor, scheduler } = await createTestApp({ classes: ["a", "h", "two-words"] });
  predictor.model = null;
  const classes = [{ label: "a", n: 4, of: 10 }];
  scheduler.firstModel = { perClass: 10, total: 30, classes, n: 4, heldOut: 0, isEnough: false };
  const html = await (await app.request("/")).text();
  expect(html).toContain("Draw one of a, h, two-words");
  expect(html).toContain('data-classes="[&quot;a&quot;,&quot;h&quot;,&quot;two-words&quot;]"');
  expect(html).toContain("<kbd>Alt+h</kbd>");
  expect(html).toContain('id="finder"');
  expect(html).toContain("4 of 30 drawings");
  expect(html).not.toMatch(/digit from 0/);
});

test("GET / says which classes the model does not know yet", async () => {
  const { app } = await createTestApp({ classes: [..."0123456789", "a"] });
  expect(await (await app.request("/")).text()).toContain("The model does not know a yet");
});
