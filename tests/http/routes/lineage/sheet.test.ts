import { describe, expect, test } from "bun:test";
import { decode } from "fast-png";
import { LOCAL } from "../../../../src/domain/actor.ts";
import { newSample } from "../../../storage/helpers.ts";
import { createTestApp, type TestApp } from "../../../support/test-app.ts";

async function get(app: TestApp, path: string, headers: Record<string, string> = {}) {
  const response = await app.app.request(path, { headers });
  return { status: response.status, html: await response.text(), headers: response.headers };
}

async function post(app: TestApp, path: string, fields: Record<string, string>, isScript = true) {
  const response = await app.app.request(path, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: isScript ? { "x-sheet": "1" } : {},
  });
  return { status: response.status, html: await response.text() };
}

const cells = (html: string) => html.match(/class="cell /g)?.length ?? 0;
const add = async ({ store }: TestApp, change: Parameters<typeof newSample>[0]) =>
  (await store.samples.insert(newSample(change))).sample.id;

describe("/samples", () => {
  test("has the newest first, a count, one image for all, and filters by every field of the address", async () => {
    const app = await createTestApp();
    await add(app, { label: "7", predicted: "1", confidence: 0.4, writer: "ann" });
    await add(app, { label: "3", predicted: "3", confidence: 0.95, writer: "bob", modelVersion: 2 });
    await add(app, { label: null, predicted: "8", shown: "9", confidence: 0.6, source: "import" });
    const all = await get(app, "/samples");
    expect(all.status).toBe(200);
    expect(all.html).toContain("Drawings: 3");
    expect(cells(all.html)).toBe(3);
    expect(all.html.match(/data-sprite="/g)).toHaveLength(1);
    const matches: Record<string, number> = {
      "label=7": 1,
      "label=&writer=ann": 1,
      "predicted=3": 1,
      "correct=right": 1,
      "correct=wrong": 1,
      "min=40&max=60": 2,
      "min=95.1": 0,
      "state=negative": 1,
      "split=holdout": 0,
      "model=2": 1,
      "source=import": 1,
      "personal=yes": 1,
      "personal=no": 2,
      "q=BO": 1,
      "from=2026-01-02&to=2026-01-02": 3,
      "to=2026-01-01": 0,
      "from=2026-01-03": 0,
    };
    for (const [query, n] of Object.entries(matches)) {
      const { html } = await get(app, `/samples?${query}`);
      expect([query, cells(html)]).toEqual([query, n]);
      expect(html).toContain(`<b>Drawings: ${n}</b>`);
    }
    expect((await get(app, "/samples?writer=ann")).html).toContain('href="/samples/forget?writer=ann"');
    expect((await get(app, "/samples?label=9")).html).toContain("There are no drawings here.");
  });

  test("days start and end in the reader's time zone", async () => {
    const app = await createTestApp();
    // The test's clock: 03:04 UTC on 2 January, which is 22:04 on 1 January in New York.
    await add(app, { label: "7" });
    const there = { cookie: "tz=America%2FNew_York" };
    expect(cells((await get(app, "/samples?from=2026-01-01&to=2026-01-01", there)).html)).toBe(1);
    expect(cells((await get(app, "/samples?from=2026-01-02", there)).html)).toBe(0);
  });

  test("a value that no field has is refused with its name, what was expected and found", async () => {
    const app = await createTestApp();
    const refused: Record<string, string> = {
      "state=gone": "state: expected one of labelled, negative, rejected, found &quot;gone&quot;",
      "correct=maybe": "correct: expected one of right, wrong, found &quot;maybe&quot;",
      "min=110": "min: expected a percentage from 0 to 100, found &quot;110&quot;",
      "model=one": "model: expected the number of a model version, found &quot;one&quot;",
      "from=yesterday": "from: expected a day as in &quot;2026-01-02&quot;, found &quot;yesterday&quot;",
      "to=2026-02-31": "to: expected a day as in &quot;2026-01-02&quot;, found &quot;2026-02-31&quot;",
      [`q=${"x".repeat(201)}`]: "q: expected at most 200 characters, found 201",
      "cursor=here": "cursor &quot;here&quot; is not from a list of samples",
    };
    for (const [query, message] of Object.entries(refused)) {
      const { status, html } = await get(app, `/samples?${query}`);
      expect([query, status]).toEqual([query, 400]);
      expect(html).toContain(message);
    }
  });

  test("htmx gets the next page alone, which keeps the filter and leads to the one after it", async () => {
    const app = await createTestApp();
    await app.store.samples.insertMany(Array.from({ length: 245 }, () => newSample({ label: "7" })));
    const first = await get(app, "/samples?label=7");
    expect(cells(first.html)).toBe(120);
    const nextOf = (html: string) =>
      /hx-get="(\/samples[^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "none";
    expect(nextOf(first.html)).toStartWith("/samples?label=7&cursor=");
    const second = await get(app, nextOf(first.html), { "hx-request": "true" });
    expect(second.html).toStartWith("<div");
    expect(second.html).not.toContain("<html");
    expect(cells(second.html)).toBe(120);
    const third = await get(app, nextOf(second.html), { "hx-request": "true" });
    expect(cells(third.html)).toBe(5);
    expect(nextOf(third.html)).toBe("none");
  });
});

describe("/samples/sprite.png", () => {
  test("has each drawing at its place, dark on white, and is kept nowhere", async () => {
    const app = await createTestApp();
    for (let i = 0; i < 14; i++)
      await add(app, { pixels: new Uint8Array(784).fill(i * 10), label: String(i % 10) });
    const { html } = await get(app, "/samples");
    const [, path = ""] = /data-sprite="([^"]+)"/.exec(html)!;
    const response = await app.app.request(path.replaceAll("&amp;", "&"));
    expect(response.headers.get("content-type")).toBe("image/png");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const { width, height, data } = decode(new Uint8Array(await response.arrayBuffer()));
    expect([width, height]).toEqual([12 * 28, 2 * 28]);
    // The newest drawing has 130 of ink; the thirteenth is the first of the second row.
    expect(data[0]).toBe(255 - 130);
    expect(data[28]).toBe(255 - 120);
    expect(data[28 * width]).toBe(255 - 10);
    expect(data[28 * width + 2 * 28]).toBe(255);
  });

  test("refuses what is not a list of ids", async () => {
    const app = await createTestApp();
    for (const ids of ["", "AAAA", "!", "A".repeat(201 * 22)])
      expect((await get(app, `/samples/sprite.png?ids=${ids}`)).status).toBe(400);
  });
});

describe("/samples/{id}", () => {
  test("shows strokes one by one, the ink that is left out pale, and the predictions that are kept", async () => {
    const app = await createTestApp();
    const line = [
      [20, 20, 0],
      [20, 80, 400],
      [80, 80, 500],
    ] as const;
    const strokes = [
      line.map((point) => [...point]),
      [
        [400, 400, 900],
        [401, 401, 910],
      ],
    ] as never;
    const id = await add(app, { label: "7", drawing: { strokes, width: 420, height: 420 }, predicted: "1" });
    const { html } = await get(app, `/samples/${id}`);
    expect(html.match(/<path d="M/g)?.length).toBeGreaterThanOrEqual(2);
    expect(html).toContain('class="ink-stray"');
    expect(html).toContain('data-from="0" data-to="500"');
    expect(html).toContain("the model does not see the pale ink");
    expect(html).toContain('<b class="example-read">1</b>');
    expect(html).toContain("When it was drawn");
  });

  test("asks the live model on request, and finds what looks like it", async () => {
    const app = await createTestApp();
    const [id, other] = [await add(app, { label: "7" }), await add(app, { label: "7", predicted: "2" })];
    const asked = await post(app, `/samples/${id}/ask`, {});
    expect(asked.status).toBe(200);
    expect(asked.html).toMatch(/Model \d+<\/a>: <b>\d<\/b> [\d.]+\s%/);
    expect((await post(app, "/samples/none/ask", {})).status).toBe(404);
    const { html } = await get(app, `/samples/${id}/alike`);
    expect(html).toContain(`href="/samples/${other}"`);
    expect(html).not.toContain(`href="/samples/${id}"`);
    expect(html).toContain("100.0\u00a0% alike");
    expect((await get(app, "/samples/none/alike")).html).toContain("There is no other drawing");
  });
});

describe("POST /samples/bulk", () => {
  test("relabels what is listed, shows the result with its undo, and the drawings as they are now", async () => {
    const app = await createTestApp();
    const [seven, one] = [await add(app, { label: "7" }), await add(app, { label: "1" })];
    const samples = `${seven} labelled 7\r\n${one} labelled 1`;
    const { status, html } = await post(app, "/samples/bulk", { do: "relabel", label: "4", samples });
    expect(status).toBe(200);
    expect(html).toContain("Labelled 4: 2.");
    expect(html.match(/data-label="4"/g)).toHaveLength(2);
    const [, undo = ""] = /action="(\/samples\/actions\/\d+\/undo)"/.exec(html)!;
    const undone = await post(app, undo, { loaded: `${seven} labelled 4\n${one} labelled 4` });
    expect(undone.html).toContain("Relabelled 2 as 4: undone.");
    expect(undone.html).toContain('data-label="7"');
    const again = await post(app, undo, {});
    expect(again.status).toBe(409);
    expect(again.html).toContain("Labelled 4: 2. This was already undone (");
    expect(again.html).not.toMatch(/\d{4}-\d\d-\d\dT[^<]*Nothing was changed/);
    // The list of actions comes with it, so that its button goes as well.
    expect(again.html).toContain('id="sheet-actions"');
    expect(again.html).not.toContain(undo);
    expect((await app.store.samples.get(seven))!.label).toBe("7");
  });

  test("changes all that match the filter, up to the newest drawing that the page knew", async () => {
    const app = await createTestApp();
    for (let i = 0; i < 3; i++) await add(app, { label: "7" });
    const arrivedBy = (await app.store.samples.latestId())!;
    const later = await add(app, { label: "7" });
    const fields = { do: "withdraw", all: "1", "filter.label": "7", arrived_by: arrivedBy };
    const { html } = await post(app, "/samples/bulk", fields);
    expect(html).toContain("Withdrawn: 3.");
    expect((await app.store.samples.get(later))!.state).toBe("labelled");
  });

  test("names what it cannot change", async () => {
    const app = await createTestApp();
    const [pinned, changed] = [await add(app, { label: "7" }), await add(app, { label: "7" })];
    await app.store.samples.pin(pinned, true);
    await app.store.samples.update(changed, { label: "2" }, LOCAL);
    const samples = [pinned, changed, "gone"].map((id) => `${id} labelled 7`).join("\n");
    const { html } = await post(app, "/samples/bulk", { do: "none", samples });
    expect(html).toContain("Nothing was changed.");
    expect(html).toContain("Pinned, and so unchanged: 1.");
    expect(html).toContain("Changed in the meantime, and so left as they are: 1.");
    expect(html).toContain("Deleted in the meantime: 1.");
    expect(html).toContain(`href="/samples/${pinned}"`);
  });

  test("refuses an unknown class, action or line, and a selection of nothing; nothing changes", async () => {
    const app = await createTestApp();
    const id = await add(app, { label: "7" });
    const samples = `${id} labelled 7`;
    const refused: [Record<string, string>, string][] = [
      [{ do: "relabel", label: "A", samples }, "label: expected one of 0, 1"],
      [
        { do: "burn", samples },
        "do: expected one of relabel, none, withdraw, restore, confirm, found &quot;burn&quot;",
      ],
      [{ do: "none", samples: id }, "samples: expected lines &quot;ID STATE LABEL&quot;"],
      [{ do: "none", samples: "" }, "Select some first"],
      [{ do: "none", all: "1", "filter.min": "x" }, "min: expected a percentage"],
    ];
    for (const [fields, message] of refused) {
      const { status, html } = await post(app, "/samples/bulk", fields);
      expect(status).toBe(400);
      expect(html).toContain(message);
    }
    expect((await app.store.samples.get(id))!.label).toBe("7");
    expect((await post(app, "/samples/actions/77/undo", {})).status).toBe(400);
  });

  test("personal memory has learned the labels when the response arrives", async () => {
    const app = await createTestApp();
    const ids = [
      await add(app, { label: "7", writer: "ann" }),
      await add(app, { label: "7", writer: "ann" }),
    ];
    const person = { writer: "ann", sitting: null };
    await app.deps.memory.of(person as never);
    const size = () => app.deps.memory.size().drawings;
    expect(size()).toBe(2);
    await post(app, "/samples/bulk", { do: "none", samples: ids.map((id) => `${id} labelled 7`).join("\n") });
    expect(size()).toBe(0);
  });

  test("without the script, it returns to the page", async () => {
    const app = await createTestApp();
    const id = await add(app, { label: "7" });
    expect(
      (await post(app, "/samples/bulk", { do: "none", samples: `${id} labelled 7` }, false)).status,
    ).toBe(303);
  });
});
