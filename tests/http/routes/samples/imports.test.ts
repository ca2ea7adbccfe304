import { expect, test } from "bun:test";
import { until } from "../../../support/executable.ts";
import { createTestApp } from "../../../support/test-app.ts";

const line = (label: string) =>
  `${JSON.stringify({
    ...{ label, w: 10, h: 10 },
    strokes: [
      [
        [1, 1],
        [9, 9],
      ],
    ],
  })}\n`;

test("an import that a conflict stopped shows its form again, and imports with another choice", async () => {
  const { app, deps } = await createTestApp();
  const { store } = deps;
  const post = (path: string, body: string | URLSearchParams) => app.request(path, { method: "POST", body });
  const send = async (label: string) => {
    const html = await (await post("/samples/imports?name=a.ndjson", line(label))).text();
    return /action="(\/samples\/imports\/[^"/]+)"/.exec(html)![1]!;
  };
  const result = (path: string) =>
    until(
      async () => (await app.request(`${path}?state=1`)).text(),
      (html) => !html.includes("<progress"),
    );
  const first = await send("7");
  await post(first, new URLSearchParams({ on_conflict: "fail" }));
  expect(await result(first)).toContain("Imported from a.ndjson: 1");

  const second = await send("1");
  await post(second, new URLSearchParams({ on_conflict: "fail", writer: "ann" }));
  const refused = await result(second);
  expect(refused).toContain("Nothing is imported from a.ndjson: 1 of its rows");
  expect(refused).toContain(`hx-post="${second}"`);
  expect(refused).toContain('value="ann"');
  const id = second.split("/").at(-1)!;
  expect(await (await app.request(`/api/v1/samples/imports/${id}`)).json()).toMatchObject({
    ...{ step: "failed", kept: true },
  });
  expect(await store.sheet.count({ label: "7" })).toBe(1);

  await post(second, new URLSearchParams({ on_conflict: "replace" }));
  expect(await result(second)).toContain("Given the file&#39;s label: 1");
  expect(await store.sheet.count({ label: "1" })).toBe(1);
});
