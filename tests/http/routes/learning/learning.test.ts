import { expect, test } from "bun:test";
import { newSample } from "../../../storage/helpers.ts";
import { createTestApp } from "../../../support/test-app.ts";

test("GET /learning is linked from Draw, Models, Scheduler and Monitoring", async () => {
  const { send } = await createTestApp();
  for (const path of ["/", "/models", "/scheduler", "/monitoring"])
    expect(await (await send("GET", path)).text()).toContain('href="/learning"');
});

test("GET /learning shows what is not known, and the button that measures it", async () => {
  const { send } = await createTestApp();
  const response = await send("GET", "/learning");
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(html).toContain(
    "The gain of the next 100 labels is not known. The learning curve has not been measured yet.",
  );
  expect(html).toMatch(
    /<form[^>]*method="post" action="\/runs"><input type="hidden" name="pipeline" value="curve"/,
  );
  expect(html).toContain("No run has been evaluated on held-out drawings yet");
  expect(html).toContain("There are too few drawings for a row.");
});

test("GET /learning?writer= shows a person over time, and says when there is no such name", async () => {
  const { send, store } = await createTestApp();
  for (let i = 0; i < 21; i++)
    await store.samples.insert(newSample({ label: "7", predicted: i === 0 ? "1" : "7", writer: "<ann>" }));
  const html = await (await send("GET", "/learning?writer=%3Cann%3E")).text();
  expect(html).toContain("“&lt;ann&gt;”, the newest 21 predictions: 4.76\u00a0% misclassified.");
  expect(html).toContain("Personal memory has not changed a prediction.");
  expect(html).toMatch(/<th scope="row">1–20<\/th>/);
  expect(html).not.toContain("<ann>");
  const unknown = await send("GET", "/learning?writer=nobody");
  expect(unknown.status).toBe(200);
  expect(await unknown.text()).toContain("There is no labelled drawing of “nobody”.");
});

test("GET /learning refuses a name that is too long with 400", async () => {
  const { send } = await createTestApp();
  expect((await send("GET", `/learning?writer=${"x".repeat(101)}`)).status).toBe(400);
});

test("GET /learning is Japanese for a Japanese reader", async () => {
  const { app } = await createTestApp();
  const html = await (await app.request("/learning", { headers: { "accept-language": "ja" } })).text();
  expect(html).toContain("<h1>ラベルの効果</h1>");
  expect(html).toContain("次の 100 件のラベルの効果は不明です。");
});
