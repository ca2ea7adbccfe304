import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../../src/domain/actor.ts";
import { contentOf, type DataItem, type DataSide } from "../../../../src/domain/lineage/run-data.ts";
import type { Sample } from "../../../../src/domain/sample.ts";
import type { Store } from "../../../../src/domain/store.ts";
import { InputError, NotFoundError } from "../../../../src/lib/errors.ts";
import { FakeClock, newRun, newSample, rejectionOf } from "../../helpers.ts";
import { IMPLEMENTATIONS } from "../implementations.ts";

function item(sample: Sample, side: DataSide, reason: string | null = null): DataItem {
  const { id, label, pixels } = sample;
  return { sampleId: id, side, reason, label, content: contentOf(pixels, label) };
}

async function stored(store: Store, label = "7"): Promise<Sample> {
  return (await store.samples.insert(newSample({ label }))).sample;
}

/** Registers a model of a run. */
async function model(store: Store, runId: string, parentVersion: number | null = null): Promise<number> {
  const { version } = await store.models.create({
    ...{ name: "digits", key: `06_models/${runId}`, sha256: "00", runId, parentVersion },
    ...{ metrics: { evaluations: {} } as never, gate: null, state: "candidate" },
  });
  await store.runs.update(runId, { modelVersion: version });
  return version;
}

describe.each(IMPLEMENTATIONS)("the data of runs on $name", ({ open }) => {
  test("runSamples() returns exactly the drawings that putRunData() was given, by side, in pages", async () => {
    const store = await open();
    await store.runs.create(newRun("run-1"));
    const samples = await Promise.all(Array.from({ length: 5 }, () => stored(store)));
    const sides: DataSide[] = ["train", "valid", "train", "holdout", "left_out"];
    const items = samples.map((sample, i) =>
      item(sample, sides[i]!, sides[i] === "left_out" ? "a copy of another drawing" : null),
    );
    const version = await store.lineage.putRunData("run-1", items);

    expect(version.counts).toEqual({ train: 2, valid: 1, holdout: 1, left_out: 1 });
    expect(await store.lineage.runData("run-1")).toEqual(version);
    const first = await store.lineage.runSamples("run-1", { limit: 3 });
    const rest = await store.lineage.runSamples("run-1", { limit: 3, cursor: first.nextCursor! });
    const found = [...first.samples, ...rest.samples];
    expect(found.map(({ sampleId, side, reason }) => [sampleId, side, reason])).toEqual(
      items.map(({ sampleId, side, reason }) => [sampleId, side, reason]),
    );
    expect(found[0]?.sample?.id).toBe(samples[0]!.id);
    expect(rest.nextCursor).toBeNull();
    const trained = await store.lineage.runSamples("run-1", { side: "train" });
    expect(trained.samples.map(({ sampleId }) => sampleId)).toEqual([samples[0]!.id, samples[2]!.id]);
  });

  test("a data version keeps the label that a drawing had when it is corrected later", async () => {
    const store = await open();
    const sample = await stored(store, "7");
    await store.runs.create(newRun("before"));
    const before = await store.lineage.putRunData("before", [item(sample, "train")]);
    const corrected = (await store.samples.update(sample.id, { label: "1" }, LOCAL))!;
    await store.runs.create(newRun("after"));
    const after = await store.lineage.putRunData("after", [item(corrected, "train")]);

    expect(after.sha256).not.toBe(before.sha256);
    expect((await store.lineage.runSamples("before")).samples[0]?.label).toBe("7");
    const { uses } = await store.lineage.runsOf(sample.id);
    expect(uses.map(({ runId, label, side }) => [runId, label, side])).toEqual([
      ["after", "1", "train"],
      ["before", "7", "train"],
    ]);
  });

  test("equal data have the same version, whatever the order; another side gives another", async () => {
    const store = await open();
    const [a, b] = [await stored(store, "1"), await stored(store, "2")];
    for (const id of ["x", "y", "z"]) await store.runs.create(newRun(id));
    const x = await store.lineage.putRunData("x", [item(a, "train"), item(b, "train")]);
    const y = await store.lineage.putRunData("y", [item(b, "train"), item(a, "train")]);
    const z = await store.lineage.putRunData("z", [item(a, "train"), item(b, "valid")]);
    expect(y.sha256).toBe(x.sha256);
    expect(z.sha256).not.toBe(x.sha256);
  });

  test("modelsOf() has the models trained on a drawing, and those fine-tuned from them", async () => {
    const store = await open();
    const [drawn, other] = [await stored(store, "1"), await stored(store, "2")];
    for (const id of ["a", "b", "c", "d"]) await store.runs.create(newRun(id));
    await store.lineage.putRunData("a", [item(drawn, "train")]);
    await store.lineage.putRunData("b", [item(other, "train"), item(drawn, "holdout")]);
    await store.lineage.putRunData("c", [item(other, "train"), item(drawn, "valid")]);
    await store.lineage.putRunData("d", [item(other, "train"), item(drawn, "left_out", "suspect label")]);
    const a = await model(store, "a");
    const b = await model(store, "b", a);
    const c = await model(store, "c");
    await model(store, "d");

    const { models } = await store.lineage.modelsOf(drawn.id);
    expect(models).toEqual([
      { version: c, runId: "c", how: "chose_epoch", label: "1", inheritedFrom: null },
      { version: b, runId: "b", how: "inherited", label: null, inheritedFrom: a },
      { version: a, runId: "a", how: "trained", label: "1", inheritedFrom: null },
    ]);
    const first = await store.lineage.modelsOf(drawn.id, { limit: 2 });
    const rest = await store.lineage.modelsOf(drawn.id, { limit: 2, cursor: first.nextCursor! });
    expect(rest.models.map(({ version }) => version)).toEqual([a]);
  });

  test("models of runs that have recorded no data may have any drawing that was stored before them", async () => {
    const clock = new FakeClock();
    const store = await open(clock);
    await store.runs.create(newRun("earlier"));
    const earlier = await model(store, "earlier");
    clock.timeMs += 1_000;
    const sample = await stored(store);
    clock.timeMs += 1_000;
    await store.runs.create(newRun("later"));
    const later = await model(store, "later", earlier);
    await store.runs.create(newRun("scratch", { pipeline: "__default__" }));
    await model(store, "scratch");
    const { models } = await store.lineage.modelsOf(sample.id);
    expect(models).toEqual([
      { version: later, runId: "later", how: "not_recorded", label: null, inheritedFrom: null },
    ]);
    await store.lineage.putRunData("later", []);
    expect((await store.lineage.modelsOf(sample.id)).models).toEqual([]);
  });

  test("the lineage of a deleted drawing is kept, without the drawing", async () => {
    const store = await open();
    const sample = await stored(store);
    await store.runs.create(newRun("run-1"));
    await store.lineage.putRunData("run-1", [item(sample, "train")]);
    await store.samples.delete(sample.id, LOCAL);
    expect((await store.lineage.runsOf(sample.id)).uses).toHaveLength(1);
    const [used] = (await store.lineage.runSamples("run-1")).samples;
    expect(used).toMatchObject({ sampleId: sample.id, sample: null, label: "7" });
  });

  test("putRunData() replaces what a run has recorded, and refuses an unknown run", async () => {
    const store = await open();
    const [a, b] = [await stored(store), await stored(store)];
    await store.runs.create(newRun("run-1"));
    await store.lineage.putRunData("run-1", [item(a, "train"), item(b, "train")]);
    await store.lineage.putRunData("run-1", [item(b, "train")]);
    expect((await store.lineage.runSamples("run-1")).samples.map(({ sampleId }) => sampleId)).toEqual([b.id]);
    expect((await store.lineage.runsOf(a.id)).uses).toEqual([]);
    expect(await rejectionOf(store.lineage.putRunData("none", []))).toBeInstanceOf(NotFoundError);
  });

  test("a run without recorded data has none, and a cursor of another list is refused", async () => {
    const store = await open();
    await store.runs.create(newRun("run-1"));
    expect(await store.lineage.runData("run-1")).toBeNull();
    expect((await store.lineage.runSamples("run-1")).samples).toEqual([]);
    expect(await rejectionOf(store.lineage.runSamples("run-1", { cursor: "x" }))).toBeInstanceOf(InputError);
  });

  test("deploymentsOf() has the deployments of the given versions only", async () => {
    const store = await open();
    await store.runs.create(newRun("a"));
    await store.runs.create(newRun("b"));
    const [a, b] = [await model(store, "a"), await model(store, "b")];
    for (const version of [a, b, a])
      await store.models.moveAlias({
        alias: "champion",
        version,
        action: "promote",
        actor: LOCAL,
        isForced: false,
        verdict: null,
        by: "api",
        reason: "x",
      });
    const found = await store.lineage.deploymentsOf([a], 10);
    expect(found.map(({ version }) => version)).toEqual([a, a]);
    expect(await store.lineage.deploymentsOf([], 10)).toEqual([]);
  });
});
