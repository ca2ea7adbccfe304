import type { Replays } from "../../domain/trials/replay.ts";
import type { TrialRules } from "../../domain/trials/trial.ts";
import type { ModelRegistry } from "../../model-registry/model-registry.ts";
import { modelReader } from "../../project/model-sources.ts";
import type { Predictor } from "../../serving/predictor.ts";
import { observedPredictor } from "../../serving/shadow/observed-predictor.ts";
import { createShadow, type Shadow } from "../../serving/shadow/shadow.ts";
import { createTrialKeeper, type TrialKeeper } from "../../trials/keeper.ts";
import { trialRules } from "../../trials/trial-rules.ts";
import { startServingBackend } from "../model-serving.ts";
import type { Served } from "../served.ts";
import { replayProcess } from "./replay-process.ts";
import { createReplays } from "./replays.ts";

/** The trials of a server. */
export interface ServedTrials {
  keeper: TrialKeeper;
  shadow: Shadow;
  /** Those of a trial that starts now. */
  rules(): TrialRules;
  replays: Replays;
  /** The predictor whose predictions the shadow notes. */
  predictor: Predictor;
  close(): void;
}

/** Creates the shadow and the keeper of a server's trials. Nothing is loaded before the keeper's first turn. */
export function openTrials(served: Served, predictor: Predictor, registry: ModelRegistry): ServedTrials {
  const { runtime, project, store, log, settings } = served;
  const shadow = createShadow({ predictor });
  const readModel = modelReader(runtime, project);
  const trialSettings = settings.derive(({ trial, promotion }) => ({
    rules: trialRules(trial),
    watches: trial.watch,
    moves: promotion !== "manual",
  }));
  const keeper = createTrialKeeper({
    ...{ store, registry, settings: trialSettings, log: log.of("trials") },
    async use(models) {
      await startServingBackend(runtime);
      return shadow.use(
        models.map((model) => ({ version: model.version, artifacts: () => readModel(model) })),
      );
    },
    labelsOf: shadow.labels,
  });
  const process = replayProcess(served);
  const replays = createReplays({ store, run: process.run, clock: runtime.clock, log: log.of("trials") });
  return {
    ...{ keeper, shadow, rules: () => trialSettings().rules, replays },
    predictor: observedPredictor(predictor, shadow),
    close() {
      process.stop();
      shadow.close();
    },
  };
}
