import { describe, expect, test } from "bun:test";
import { newSample } from "../../storage/helpers.ts";
import { createTestApp, type TestApp } from "../../support/test-app.ts";

const add = async ({ store }: TestApp, change: Parameters<typeof newSample>[0]) =>
  (await store.samples.insert(newSample(change))).sample.id;
const json = async (response: Response) => ({
  status: response.status,
  body: JSON.parse(await response.text()),
});

describe("GET /api/v1/samples and /count", () => {
  test("filter by everything that the page filters by, with a cursor", async () => {
    const app = await createTestApp();
    const wrong = await add(app, { label: "7", predicted: "1", confidence: 0.4, writer: "Ann" });
    const right = await add(app, { label: "3", predicted: "3", confidence: 0.95, modelVersion: 2 });
    const personal = await add(app, {
      label: "8",
      predicted: "8",
      shown: "9",
      confidence: 0.6,
      source: "api",
    });
    const found = async (query: string) => {
      const { body } = await json(await app.send("GET", `/api/v1/samples?${query}`));
      const { body: count } = await json(await app.send("GET", `/api/v1/samples/count?${query}`));
      expect(count.n).toBe(body.samples.length);
      return body.samples.map(({ id }: { id: string }) => id);
    };
    expect(await found("correctness=wrong")).toEqual([wrong]);
    expect(await found("min_confidence=0.5&max_confidence=.95")).toEqual([personal, right]);
    expect(await found("personal=true")).toEqual([personal]);
    expect(await found("personal=false&label=3")).toEqual([right]);
    expect(await found("model_version=2")).toEqual([right]);
    expect(await found("search=an&state=labelled")).toEqual([wrong]);
    expect(await found("source=api&from=2026-01-02T03:04:05Z")).toEqual([personal]);
    expect(await found("until=2026-01-02T03:04:05%2B01:00")).toEqual([]);
    const first = await json(await app.send("GET", "/api/v1/samples?limit=1&min_confidence=0.5"));
    expect(first.body.next_cursor).toBe(personal);
    const next = await json(
      await app.send("GET", `/api/v1/samples?limit=1&min_confidence=0.5&cursor=${first.body.next_cursor}`),
    );
    expect(next.body.samples.map(({ id }: { id: string }) => id)).toEqual([right]);
    for (const bad of [
      "min_confidence=1.1",
      "from=today",
      "model_version=x",
      "correctness=both",
      "colour=red",
    ])
      expect((await app.send("GET", `/api/v1/samples/count?${bad}`)).status).toBe(422);
  });
});

describe("POST /api/v1/samples/bulk", () => {
  test("changes listed samples or all that match, names what it cannot, and is undone as a whole", async () => {
    const app = await createTestApp();
    const ids = [
      await add(app, { label: "7" }),
      await add(app, { label: "7" }),
      await add(app, { label: "1" }),
    ];
    await app.store.samples.pin(ids[0]!, true);
    const seen = { label: "7", state: "labelled" };
    const { status, body } = await json(
      await app.send("POST", "/api/v1/samples/bulk", {
        samples: ids.map((id) => ({ id, seen })),
        change: { kind: "relabel", label: "4" },
      }),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ changed: 1, unchanged: 0, kept: { gone: 0, pinned: 1, changed: 1 } },
      named: [
        { id: ids[0], reason: "pinned" },
        { id: ids[2], reason: "changed" },
      ],
      action: { kind: "relabel", label: "4", n: 1, undone_at: null, actor: { kind: "local", name: null } },
    });
    const all = await json(
      await app.send("POST", "/api/v1/samples/bulk", { filter: {}, change: { kind: "withdraw" } }),
    );
    expect(all.body.changed).toBe(2);
    const listed = await json(await app.send("GET", "/api/v1/samples/actions?limit=5"));
    expect(listed.body.actions.map(({ kind }: { kind: string }) => kind)).toEqual(["withdraw", "relabel"]);
    const undo = `/api/v1/samples/actions/${all.body.action.id}/undo`;
    expect((await json(await app.send("POST", undo))).body).toMatchObject({ changed: 2 });
    expect((await app.send("POST", undo)).status).toBe(409);
    expect((await app.send("POST", "/api/v1/samples/actions/99/undo")).status).toBe(404);
    expect((await app.store.samples.get(ids[1]!))!.label).toBe("4");
  });

  test("refuses neither or both ways to select, a label without use, and one that is not a class", async () => {
    const app = await createTestApp();
    const id = await add(app, { label: "7" });
    const refused: [unknown, string][] = [
      [{ change: { kind: "none" } }, "expected either samples or filter, found neither"],
      [{ samples: [{ id }], filter: {}, change: { kind: "none" } }, "found both"],
      [{ samples: [{ id }], change: { kind: "none", label: "7" } }, 'expected no label for "none"'],
      [{ samples: [{ id }], change: { kind: "relabel" } }, "label: expected one of"],
      [{ samples: [{ id }], change: { kind: "burn" } }, "change.kind"],
      [{ filter: { arrivedBy: "x" }, change: { kind: "none" } }, "filter.arrivedBy is an unknown key"],
      [{ samples: Array.from({ length: 5_001 }, () => ({ id })), change: { kind: "none" } }, "samples"],
    ];
    for (const [body, message] of refused) {
      const { status, body: problem } = await json(await app.send("POST", "/api/v1/samples/bulk", body));
      expect(status).toBe(422);
      expect(problem.detail).toContain(message);
    }
    expect((await app.store.samples.get(id))!.label).toBe("7");
  });
});

describe("GET /api/v1/samples/{id}/alike", () => {
  test("has the nearest first; of a sample that does not exist it is 404", async () => {
    const app = await createTestApp();
    const [own, other] = [await add(app, { label: "7" }), await add(app, { label: "7" })];
    const { body } = await json(await app.send("GET", `/api/v1/samples/${own}/alike?limit=3`));
    expect(body.samples).toEqual([
      { id: other, label: "7", state: "labelled", distance: expect.closeTo(0, 6) },
    ]);
    expect((await app.send("GET", "/api/v1/samples/none/alike")).status).toBe(404);
  });
});
