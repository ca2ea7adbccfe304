import { expect, test } from "bun:test";
import { createTestApp } from "../../../support/test-app.ts";

const { app, send } = await createTestApp();
const htmlOf = async (path: string) => (await app.request(path)).text();
const document = await (await send("GET", "/api/v1/openapi.json")).json();
const operations = Object.entries<Record<string, { operationId: string }>>(document.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({ path, method, operationId })),
);

test("GET /docs lists the pages by section, and the navigation leads there", async () => {
  const html = await htmlOf("/docs");
  expect(html).toContain('<a href="/docs" aria-current="page">Help</a>');
  expect(html).toContain('<a href="/docs/gate">The gate</a>');
  expect(html).toContain('<a href="/docs/api">API reference</a>');
});

test("GET /docs/gate shows the page, its headings, and marks it in the contents; another name is 404", async () => {
  const html = await htmlOf("/docs/gate");
  expect(html).toContain('<h1 id="the-gate">The gate</h1>');
  expect(html).toContain('<a href="#checks">Checks</a>');
  expect(html).toContain('<a href="/docs/gate" aria-current="page">The gate</a>');
  expect((await app.request("/docs/gate.md")).status).toBe(200);
  expect((await app.request("/docs/none")).status).toBe(404);
});

test("GET /docs/api has every operation of the OpenAPI document, and every link within leads somewhere", async () => {
  const html = await htmlOf("/docs/api");
  const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!));
  for (const { operationId } of operations) expect(ids).toContain(operationId);
  for (const name of Object.keys(document.components.schemas)) expect(ids).toContain(`schema-${name}`);
  const links = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!);
  expect(links.filter((id) => !ids.has(id))).toEqual([]);
  expect(html).toContain("<code>strokes</code>");
  expect(html).toContain("list of list of list of number");
});

/** The commands of the page, as the words that a shell passes on. */
async function commands(): Promise<{ url: string; method: string; body: string | undefined }[]> {
  const html = await htmlOf("/docs/api");
  const texts = [...html.matchAll(/<pre tabindex="0"><code>(.*?)<\/code>/gs)].map(([, text]) =>
    text!.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&amp;", "&").replaceAll("&lt;", "<"),
  );
  return texts.map((text) => {
    const words = [...text.matchAll(/'((?:[^']|'\\'')*)'/g)].map(([, word]) =>
      word!.replaceAll("'\\''", "'"),
    );
    const method = /^curl -X (\w+)/.exec(text)?.[1] ?? "GET";
    return { method, url: words[0]!, body: words[2] };
  });
}

test("the commands of GET /docs/api are ones that the API takes: none is malformed, invalid or unknown", async () => {
  const found = await commands();
  expect(found).toHaveLength(operations.length);
  const refused: string[] = [];
  for (const { method, url, body } of found) {
    const path = url.replace("http://localhost", "");
    // Files are no JSON, and are tested on their own.
    if (path.endsWith("/import") || path.includes("/samples/imports?")) continue;
    const response = await send(method, path, body);
    if ([400, 405, 415, 422].includes(response.status)) {
      refused.push(`${method} ${path} ${response.status} ${await response.text()} ${body}`);
    }
  }
  expect(refused).toEqual([]);
});
