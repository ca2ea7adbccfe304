import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../../src/domain/actor.ts";
import { contentOf, type DataSide } from "../../../../src/domain/lineage/run-data.ts";
import type { Sample } from "../../../../src/domain/sample.ts";
import { newRun, newSample } from "../../../storage/helpers.ts";
import { createTestApp, STROKES, type TestApp } from "../../../support/test-app.ts";

async function stored(test: TestApp, change: Parameters<typeof newSample>[0] = {}): Promise<Sample> {
  return (await test.store.samples.insert(newSample(change))).sample;
}

async function used(test: TestApp, runId: string, sides: readonly (readonly [Sample, DataSide])[]) {
  await test.store.runs.create(newRun(runId));
  return test.store.lineage.putRunData(
    runId,
    sides.map(([{ id, label, pixels }, side]) => ({
      ...{ sampleId: id, label, side, content: contentOf(pixels, label) },
      reason: side === "left_out" ? "a copy of another drawing" : null,
    })),
  );
}

const json = async (response: Response | Promise<Response>) =>
  (await (await response).json()) as Record<string, unknown>;

describe("GET /samples/{id}/history", () => {
  test("has who stored and corrected a sample through the API", async () => {
    const app = await createTestApp();
    const { id } = await json(app.send("POST", "/api/v1/samples", { ...STROKES, label: "7" }));
    await app.send("PATCH", `/api/v1/samples/${id}`, { label: "1" });
    const at = "2026-01-02T03:04:05.000Z";
    const actor = { kind: "local", name: null };
    expect(await json(app.send("GET", `/api/v1/samples/${id}/history`))).toEqual({
      sample_id: id,
      changes: [
        {
          ...{ at, actor, action: "changed" },
          ...{
            label_from: "7",
            state_from: "labelled",
            label_to: "1",
            state_to: "labelled",
            review_to: null,
          },
        },
        {
          ...{ at, actor, action: "stored" },
          ...{ label_from: null, state_from: null, label_to: "7", state_to: "labelled", review_to: null },
        },
      ],
      next_cursor: null,
    });
  });

  test("is kept for a deleted sample, and 404 for one that never was", async () => {
    const app = await createTestApp();
    const { id } = await stored(app);
    await app.send("DELETE", `/api/v1/samples/${id}`);
    const { changes } = await json(app.send("GET", `/api/v1/samples/${id}/history?limit=1`));
    expect(changes).toMatchObject([{ action: "deleted", label_from: "7" }]);
    for (const what of ["history", "runs", "models"])
      expect((await app.send("GET", `/api/v1/samples/none/${what}`)).status).toBe(404);
    expect((await app.send("GET", `/api/v1/samples/${id}/history?cursor=x`)).status).toBe(400);
    expect((await app.send("GET", `/api/v1/samples/${id}/history?page=2`)).status).toBe(422);
  });
});

describe("GET /samples/{id}/runs and /models", () => {
  test("answer which runs used a drawing, and which models were trained on it", async () => {
    const app = await createTestApp();
    const [a, b] = [await stored(app), await stored(app)];
    const { sha256 } = await used(app, "run-1", [
      [a, "train"],
      [b, "holdout"],
    ]);
    const { version } = await app.store.models.create({
      ...{ name: "digits", key: "k", sha256: "00", runId: "run-1", parentVersion: null },
      ...{ metrics: { evaluations: {} } as never, gate: null, state: "candidate" },
    });
    await app.store.runs.update("run-1", { modelVersion: version });

    expect(await json(app.send("GET", `/api/v1/samples/${a.id}/runs`))).toEqual({
      sample_id: a.id,
      runs: [
        {
          ...{ run_id: "run-1", pipeline: "tuning", created_at: "2026-01-02T03:04:05.000Z" },
          ...{ model_version: version, data_sha256: sha256, side: "train", reason: null, label: "7" },
        },
      ],
      next_cursor: null,
    });
    expect(await json(app.send("GET", `/api/v1/samples/${a.id}/models`))).toEqual({
      sample_id: a.id,
      models: [{ version, run_id: "run-1", how: "trained", label: "7", inherited_from: null }],
      next_cursor: null,
    });
    expect(await json(app.send("GET", `/api/v1/samples/${b.id}/models`))).toMatchObject({ models: [] });
  });
});

describe("GET /runs/{id}/data", () => {
  test("has the data version and the samples, of one side and in pages", async () => {
    const app = await createTestApp();
    const samples = [await stored(app), await stored(app), await stored(app)];
    const data = await used(app, "run-1", [
      [samples[0]!, "train"],
      [samples[1]!, "left_out"],
      [samples[2]!, "train"],
    ]);
    const first = await json(app.send("GET", "/api/v1/runs/run-1/data?limit=2"));
    expect(first).toMatchObject({
      ...{ run_id: "run-1", sha256: data.sha256 },
      counts: { train: 2, valid: 0, holdout: 0, left_out: 1 },
      samples: [
        {
          sample_id: samples[0]!.id,
          side: "train",
          reason: null,
          label: "7",
          sample: { id: samples[0]!.id },
        },
        { sample_id: samples[1]!.id, side: "left_out", reason: "a copy of another drawing" },
      ],
    });
    const { next_cursor } = first as { next_cursor: string };
    const rest = await json(app.send("GET", `/api/v1/runs/run-1/data?cursor=${next_cursor}`));
    expect(rest).toMatchObject({ samples: [{ sample_id: samples[2]!.id }], next_cursor: null });
    const left = await json(app.send("GET", "/api/v1/runs/run-1/data?side=left_out"));
    expect(left).toMatchObject({ samples: [{ sample_id: samples[1]!.id }] });
    expect((await app.send("GET", "/api/v1/runs/run-1/data?side=test")).status).toBe(422);
  });

  test("is 404 for a run that does not exist, or has recorded none", async () => {
    const app = await createTestApp();
    await app.store.runs.create(newRun("run-1"));
    expect((await app.send("GET", "/api/v1/runs/run-1/data")).status).toBe(404);
    expect((await app.send("GET", "/api/v1/runs/none/data")).status).toBe(404);
  });
});

describe("POST /samples/forget", () => {
  test("tells with dry_run what would be removed, and removes it without", async () => {
    const app = await createTestApp();
    const [ann] = [await stored(app, { writer: "ann" }), await stored(app, { writer: "bob" })];
    await used(app, "run-1", [[ann, "train"]]);
    const { version } = await app.store.models.create({
      ...{ name: "digits", key: "k", sha256: "00", runId: "run-1", parentVersion: null },
      ...{ metrics: { evaluations: {} } as never, gate: null, state: "candidate" },
    });
    const expected = {
      ...{ drawings: 1, unlabelled: 0, answers: 0 },
      models: [{ version, run_id: "run-1", drawings: 1, inherited_from: null, aliases: [] }],
      ...{ example_images: 0, files: [], elsewhere: [], copies: [] },
    };
    const dry = await app.send("POST", "/api/v1/samples/forget", { writer: "ann", dry_run: true });
    expect(await json(dry)).toEqual({ dry_run: true, ...expected });
    expect((await app.store.samples.stats()).total).toBe(2);
    const done = await app.send("POST", "/api/v1/samples/forget", { writer: "ann" });
    expect(await json(done)).toEqual({ dry_run: false, ...expected });
    expect((await app.store.samples.list({})).samples.map(({ writer }) => writer)).toEqual(["bob"]);
  });

  test("a forgotten drawing that is sent again is 409", async () => {
    const app = await createTestApp();
    await app.send("POST", "/api/v1/samples", { ...STROKES, label: "7", session: "s-1" });
    await app.store.forgetting.forget({ session: "s-1" }, LOCAL, new Uint8Array(32));
    const again = await app.send("POST", "/api/v1/samples", { ...STROKES, label: "7" });
    expect(again.status).toBe(409);
    expect(await json(again)).toMatchObject({ detail: expect.stringContaining("forgotten") });
  });

  test("is 422 without exactly one of writer and session", async () => {
    const app = await createTestApp();
    for (const body of [{}, { writer: "a", session: "b" }, { writer: "" }, { name: "a" }])
      expect((await app.send("POST", "/api/v1/samples/forget", body)).status).toBe(422);
  });
});
