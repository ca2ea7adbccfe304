import { expect, test } from "bun:test";
import { createTestApp } from "../../support/test-app.ts";

const HTMX = { "hx-request": "true" };

for (const path of ["/monitoring?window=7d", "/learning", "/models/deployments"]) {
  test(`GET ${path} is asked again by the open page, which gets the part that changes and no page`, async () => {
    const { app } = await createTestApp();
    const html = await (await app.request(path)).text();
    const region = /<div class="stack" hx-get="([^"]+)" hx-trigger="every 15s" hx-swap="innerMorph">/.exec(
      html,
    );
    expect(region?.[1]).toBe(path);
    const part = await (await app.request(path, { headers: HTMX })).text();
    expect(part).not.toContain("<html");
    expect(html).toContain(part);
  });
}
