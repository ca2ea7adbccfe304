import { expect, test } from "bun:test";
import { LOCAL } from "../../src/domain/actor.ts";
import { NO_METRICS } from "../../src/domain/metrics.ts";
import type { Model } from "../../src/domain/model.ts";
import type { ModelArtifacts } from "../../src/domain/model-artifacts.ts";
import { createLog, type LogRecord } from "../../src/lib/log.ts";
import { createModelRegistry } from "../../src/model-registry/stored-registry.ts";
import { createChampionFollower } from "../../src/server/champion-follower.ts";
import { openStore } from "../../src/storage/open.ts";
import { FakeClock } from "../storage/helpers.ts";
import { FakePredictor } from "../support/fake-predictor.ts";

const BY = { actor: LOCAL, by: "api", reason: "asked for" };

/** Versions 1 (champion), 2 and 3, of which those in `broken` cannot be loaded. */
async function setUp() {
  const clock = new FakeClock();
  const store = await openStore({ path: ":memory:", clock, holdoutFraction: 0.2 });
  const registry = createModelRegistry({ store, name: "digits", check: async () => {} });
  await registry.ensureBase({ key: "builtin", sha256: "0".repeat(64), metrics: NO_METRICS });
  for (const key of ["b", "c"]) {
    await registry.register({
      key,
      sha256: key.repeat(64),
      runId: null,
      parentVersion: 1,
      metrics: NO_METRICS,
      gate: null,
    });
  }
  const broken = new Set<number>();
  const readModel = async ({ version }: Pick<Model, "version">) => {
    if (broken.has(version)) throw new Error("weights.bin is truncated");
    return {} as ModelArtifacts;
  };
  const records: LogRecord[] = [];
  const log = createLog({ clock, write: (record) => records.push(record) });
  const predictor = new FakePredictor();
  predictor.model = null;
  const follower = createChampionFollower({ registry, predictor, readModel, store, clock, log });
  await follower.start();
  const said = () => records.map(({ level, message, fields }) => ({ level, message, fields }));
  return { follower, broken, said, predictor };
}

test("a promotion and a rollback are logged with both versions and the reason", async () => {
  const { follower, said } = await setUp();
  await follower.registry.promote(2, { ...BY, isForced: true });
  await follower.registry.rollback({ ...BY, reason: "it was worse" });
  expect(said()).toEqual([
    {
      level: "info",
      message: "model 2 is promoted by force, without having passed the gate: it is live",
      fields: { reason: "asked for", model_version: 2, previous_version: 1 },
    },
    {
      level: "info",
      message: "model 1 is live again: rolled back",
      fields: { reason: "it was worse", model_version: 1, previous_version: 2 },
    },
  ]);
});

test("a champion that cannot be loaded is logged as a warning, with the version that serves instead", async () => {
  const { follower, broken, said, predictor } = await setUp();
  broken.add(3);
  await follower.registry.promote(3, { ...BY, isForced: true });
  expect(predictor.current()?.version).toBe(1);
  expect(said()).toEqual([
    {
      level: "warning",
      message: "Model version 3 could not be loaded: weights.bin is truncated. Fell back to model 1",
      fields: { model_version: 1, previous_version: 3 },
    },
  ]);
});

test("the model that serves from the start is no news", async () => {
  const { follower, said } = await setUp();
  await follower.follow();
  expect(said()).toEqual([]);
});
