import { expect, test } from "bun:test";
import { newSample } from "../../storage/helpers.ts";
import { FakePredictor } from "../../support/fake-predictor.ts";
import { createTestApp, STROKES } from "../../support/test-app.ts";

const textOf = async (response: Response | Promise<Response>) => (await response).text();
const optionsOf = (html: string) =>
  [...html.matchAll(/<option value="(\w+)"( disabled="")?( selected="")?>([^<]*)</g)].map(
    ([, order, disabled, selected, words]) => [order, disabled !== undefined, selected !== undefined, words],
  );

test("GET /label shows the drawings without a label when nothing is in review, and the review otherwise", async () => {
  const { app, store } = await createTestApp();
  const page = await textOf(app.request("/label"));
  expect(page).toContain('data-page="queue"');
  expect(page).toContain("queue.js");
  expect(page).toContain('<a class="button" href="/label?state=suspect">In review<');
  expect(await textOf(app.request("/label?state=suspect"))).toContain("Nothing to review");
  const { sample } = await store.samples.insert(newSample({ label: "7" }));
  await store.samples.putMarks("r1", [{ id: sample.id, state: "suspect", label: "7", reading: "1", p: 0.1 }]);
  const other = await createTestApp({ store });
  expect(await textOf(other.app.request("/label"))).not.toContain('data-page="queue"');
  expect(await textOf(other.app.request("/label/unlabelled"))).toContain('data-page="queue"');
});

test("the page names an order that is not offered with the reason, and starts with the first that is", async () => {
  const { app } = await createTestApp();
  const options = optionsOf(await textOf(app.request("/label/unlabelled")));
  expect(options[0]).toEqual(["least_confidence", false, true, "Least confident first"]);
  expect(options[3]).toEqual([
    ...["disagreement", true, false, "Where models disagree – only one model version"],
  ]);
  const predictor = new FakePredictor();
  predictor.model = null;
  const without = await createTestApp({ predictor });
  const page = await textOf(
    without.app.request("/label/unlabelled", { headers: { "accept-language": "ja" } }),
  );
  expect(optionsOf(page)[0]).toEqual([
    ...["least_confidence", true, false, "確信度の低い順（モデルがまだありません）"],
  ]);
  expect(optionsOf(page).slice(-2)).toEqual([
    ["diversity", false, true, "多様性の高い順"],
    ["newest", false, false, "新しい順"],
  ]);
  expect(page).toContain("モデルがまだないため、認識結果はありません。");
});

test("the tabs count what waits, and a page without script says what it needs and leads to the review", async () => {
  const { app, send } = await createTestApp();
  await send("POST", "/api/v1/queue/drawings", STROKES);
  const page = await textOf(app.request("/label/unlabelled"));
  expect(page).toContain(
    '<a class="button" href="/label/unlabelled" aria-current="page">Unlabelled<span id="tab-unlabelled" class="tab-count">1</span></a>',
  );
  const [noscript] = /<noscript>.*?<\/noscript>/s.exec(page)!;
  expect(noscript).toContain("This page needs JavaScript");
  expect(noscript).toContain('href="/label?state=suspect"');
});

test("the page has the texts of its script and the time of a lease, and nothing of the questions' kinds", async () => {
  const { app } = await createTestApp();
  const page = await textOf(app.request("/label/unlabelled"));
  expect(page).toContain('data-lease-ms="120000"');
  const texts = JSON.parse(/data-texts="([^"]*)"/.exec(page)![1]!.replaceAll("&quot;", '"')) as object;
  expect(Object.keys(texts)).toContain("queue.client.taken");
  expect(Object.keys(texts)).toContain("client.waiting");
  expect(Object.keys(texts)).not.toContain("client.cleared");
});
