import { describe, expect, test } from "bun:test";
import { LOCAL } from "../../../../src/domain/actor.ts";
import { imageKey } from "../../../../src/domain/lineage/forgetting.ts";
import { contentOf } from "../../../../src/domain/lineage/run-data.ts";
import { ConflictError } from "../../../../src/lib/errors.ts";
import { newRun, newSample, rejectionOf } from "../../helpers.ts";
import { IMPLEMENTATIONS } from "../implementations.ts";

const KEY = new Uint8Array(32).fill(7);

describe.each(IMPLEMENTATIONS)("forgetting on $name", ({ open }) => {
  test("forget() removes a writer's drawings with their history, and no one else's", async () => {
    const store = await open();
    const { sample } = await store.samples.insert(newSample({ writer: "ann" }));
    const { sample: other } = await store.samples.insert(newSample({ writer: "bob" }));
    expect(await store.forgetting.preview({ writer: "ann" })).toMatchObject({
      ...{ drawings: 1, unlabelled: 0, decisions: 0 },
      models: [],
    });

    const done = await store.forgetting.forget({ writer: "ann" }, LOCAL, KEY);

    expect(done).toMatchObject({ drawings: 1, actor: LOCAL, finishedAt: null });
    expect(await store.samples.get(sample.id)).toBeNull();
    expect((await store.lineage.history(sample.id)).changes).toEqual([]);
    expect(await store.samples.get(other.id)).not.toBeNull();
    expect((await store.lineage.history(other.id)).changes).toHaveLength(1);
  });

  test("forget() of a session removes the drawings of that session", async () => {
    const store = await open();
    await store.samples.insert(newSample({ session: "s-1" }));
    await store.samples.insert(newSample({ session: "s-2" }));
    await store.forgetting.forget({ session: "s-1" }, LOCAL, KEY);
    expect((await store.samples.list({})).samples.map(({ session }) => session)).toEqual(["s-2"]);
  });

  test("a forgotten drawing is refused when it is sent or imported again, whatever its writer is called", async () => {
    const store = await open();
    const drawing = newSample({ writer: "ann" });
    await store.samples.insert(drawing);
    await store.forgetting.forget({ writer: "ann" }, LOCAL, KEY);
    const again = { ...drawing, writer: "someone else", label: "3" };
    expect(await rejectionOf(store.samples.insert(again))).toBeInstanceOf(ConflictError);
    expect(await store.samples.conflicts([again])).toEqual([null]);
    expect(await rejectionOf(store.samples.insert({ ...again, drawing: null }))).toBeInstanceOf(
      ConflictError,
    );
    expect(await store.samples.insertMany([again, newSample({ writer: "ann" })])).toEqual([
      { result: "forgotten" },
      { result: "imported", id: expect.any(String), split: expect.any(String) },
    ]);
  });

  test("apply() removes the drawings of another copy's list, once, with the names of their writers", async () => {
    const [original, restored] = [await open(), await open()];
    const drawing = newSample({ writer: "ann" });
    for (const store of [original, restored]) await store.samples.insert(drawing);
    await restored.samples.insert(newSample({ writer: "bob" }));
    await original.forgetting.forget({ writer: "ann" }, LOCAL, KEY);
    const list = await original.forgetting.list();
    // Its strokes, and its image: a file may bring it back without strokes.
    expect(list).toHaveLength(2);
    expect(Buffer.from(list[0]!.key)).toEqual(Buffer.from(KEY));

    expect(await restored.forgetting.apply(list)).toBe(1);
    expect(await restored.forgetting.unfinished()).toEqual([imageKey(drawing.pixels)]);
    await restored.forgetting.finish();
    expect(await restored.forgetting.apply(list)).toBe(0);

    expect((await restored.samples.list({})).samples.map(({ writer }) => writer)).toEqual(["bob"]);
    expect(await restored.forgetting.unfinished()).toBeNull();
    expect(await rejectionOf(restored.samples.insert(drawing))).toBeInstanceOf(ConflictError);
  });

  test("preview() names the models that were trained on the drawings, and those fine-tuned from them", async () => {
    const store = await open();
    const samples = [];
    for (let i = 0; i < 3; i++)
      samples.push((await store.samples.insert(newSample({ writer: "ann" }))).sample);
    await store.runs.create(newRun("a"));
    await store.lineage.putRunData(
      "a",
      samples.map(({ id, label, pixels }, i) => ({
        ...{ sampleId: id, label, reason: null, content: contentOf(pixels, label) },
        side: i === 2 ? "holdout" : "train",
      })),
    );
    const register = (runId: string | null, parentVersion: number | null) =>
      store.models.create({
        ...{ name: "digits", key: "k", sha256: "00", runId, parentVersion },
        ...{ metrics: { evaluations: {} } as never, gate: null, state: "candidate" },
      });
    const base = await register(null, null);
    const a = await register("a", base.version);
    const b = await register(null, a.version);
    await store.models.moveAlias({
      ...{
        alias: "champion",
        version: b.version,
        action: "promote",
        actor: LOCAL,
        isForced: false,
        verdict: null,
        by: "api",
        reason: "x",
      },
    });

    const { models } = await store.forgetting.preview({ writer: "ann" });
    expect(models).toEqual([
      { version: b.version, runId: null, drawings: 0, inheritedFrom: a.version, aliases: ["champion"] },
      { version: a.version, runId: "a", drawings: 2, inheritedFrom: null, aliases: [] },
    ]);

    await store.forgetting.forget({ writer: "ann" }, LOCAL, KEY);
    const { samples: used } = await store.lineage.runSamples("a");
    expect(used).toEqual([
      { side: "train", reason: null, sampleId: null, label: null, sample: null },
      { side: "train", reason: null, sampleId: null, label: null, sample: null },
      { side: "holdout", reason: null, sampleId: null, label: null, sample: null },
    ]);
  });
});
