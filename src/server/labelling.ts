import { randomInt } from "node:crypto";
import type { LabellingRules } from "../domain/queue/labelling-rules.ts";
import { createPoolScorer, type PoolScorer } from "../labelling/pool-scorer.ts";
import type { OtherModel } from "../labelling/pool-scorer-options.ts";
import { restMs } from "../labelling/rest.ts";
import type { ModelRegistry } from "../model-registry/model-registry.ts";
import { modelReader } from "../project/model-sources.ts";
import { systemTimers } from "../scheduler/timers.ts";
import type { Predictor } from "../serving/predictor.ts";
import { createSecondModel } from "../serving/second-model.ts";
import type { Served } from "./served.ts";

/** Samples of a page of the contact sheet, at most. */
const PAGE = 200;

/** The label queue of a server. */
export interface ServedLabelling {
  rules(): LabellingRules;
  scorer: PoolScorer;
  /** Makes scoring end at its next pause. */
  stop(): void;
}

/** Creates what scores the pool of a project. Nothing is computed before the scorer's first turn. */
export function createServedLabelling(
  served: Served,
  predictor: Predictor,
  registry: ModelRegistry,
): ServedLabelling {
  const { store, settings } = served;
  let isStopped = false;
  let restedMs = performance.now();
  const other = otherModel(served, registry);
  const scorer = createPoolScorer({
    store: store.queue,
    live: {
      version: () => predictor.current()?.version ?? null,
      async answers(images) {
        const predictions = await Promise.all(images.map((pixels) => predictor.predict(pixels)));
        return predictions.map(({ model, probabilities, isOutlier }) => ({
          ...{ version: model.version, probabilities, isNone: isOutlier },
        }));
      },
      async features(images) {
        const space = predictor.features();
        return space === null
          ? images.map((pixels) => Float32Array.from(pixels, (ink) => ink / 255))
          : space.of(images);
      },
    },
    other,
    labelled: (limit) => newestImages(served, limit),
    async pause() {
      const workMs = performance.now() - restedMs;
      if (!isStopped) await new Promise<void>((resolve) => systemTimers.after(restMs(workMs), resolve));
      restedMs = performance.now();
      return !isStopped;
    },
    newSeed: () => randomInt(2 ** 31),
  });
  return {
    rules: settings.derive(({ labelling }) => ({
      leaseMs: labelling.lease_seconds * 1_000,
      shares: { second: labelling.second_opinions, known: labelling.known_answers },
    })),
    scorer,
    stop() {
      isStopped = true;
      other.drop();
    },
  };
}

/** The nearest other version: the challenger, else the previous champion, else the base model. */
function otherModel(
  { runtime, project, store, log }: Served,
  registry: Pick<ModelRegistry, "aliases" | "rollbackTarget">,
): OtherModel {
  const readModel = modelReader(runtime, project);
  const second = createSecondModel();
  const broken = new Set<number>();
  let chosen: number | null = null;
  let chosenFor = "";
  return {
    async choose(live) {
      const aliases = await registry.aliases();
      const key = JSON.stringify([aliases, live, [...broken]]);
      if (key === chosenFor) return chosen;
      const candidates = [aliases.challenger, await registry.rollbackTarget(), aliases.base];
      chosen =
        candidates.find(
          (version): version is number => version != null && version !== live && !broken.has(version),
        ) ?? null;
      chosenFor = key;
      return chosen;
    },
    version: () => chosen,
    async answers(images) {
      const version = chosen;
      if (version === null) return null;
      if (second.version() !== version) {
        try {
          const model = await store.models.get(version);
          if (model === null) throw new RangeError(`There is no model version ${version}`);
          second.use(version, await readModel(model));
        } catch (error) {
          broken.add(version);
          chosen = null;
          log.of("models").error("a version cannot be compared with the live one", { version, error });
          return null;
        }
      }
      return second.probabilities(images).map((probabilities) => ({ version, probabilities }));
    },
    drop: second.drop,
  };
}

async function newestImages({ store }: Served, limit: number): Promise<Uint8Array[]> {
  const images: Uint8Array[] = [];
  let cursor: string | null = null;
  do {
    const page = await store.sheet.page({
      ...{ state: "labelled", limit: PAGE },
      ...(cursor !== null && { cursor }),
    });
    const found = await store.sheet.images(page.items.map(({ id }) => id));
    images.push(...found.filter((pixels) => pixels !== null));
    cursor = page.nextCursor;
  } while (cursor !== null && images.length < limit);
  return images.slice(0, limit);
}
