import { ConflictError } from "../../lib/errors.ts";
import { type Saying, saying } from "../../lib/saying.ts";
import { NoDrawingsError } from "../../serving/everybody/project-memory.ts";
import type { Prediction } from "../../serving/prediction.ts";
import type { AppDeps } from "../deps.ts";

type ModelDeps = Pick<AppDeps, "predictor" | "registry" | "scheduler">;

/** Whether prediction is impossible because no model was ever trained, and not because one is being loaded. */
export async function hasNoModelYet({
  predictor,
  registry,
}: Pick<ModelDeps, "predictor" | "registry">): Promise<boolean> {
  return predictor.current() === null && (await registry.champion()) === null;
}

/**
 * Answers for a project without a model, by everybody's labelled drawings.
 *
 * @param pixels uint8 [784], ink 255 on 0.
 * @returns null when there is a model.
 * @throws {ConflictError} when a class has no labelled drawing yet, with what it takes to get an answer.
 * @throws {UnavailableError} while the drawings are being read.
 */
export async function predictWithoutModel(
  deps: ModelDeps & Pick<AppDeps, "everybody" | "metrics">,
  pixels: Uint8Array,
): Promise<Prediction | null> {
  if (deps.predictor.current() !== null) return null;
  try {
    const prediction = await deps.everybody.answer(pixels);
    if (prediction !== null) deps.metrics.memoryPrediction(prediction.label);
    return prediction;
  } catch (error) {
    if (!(error instanceof NoDrawingsError)) throw error;
    const names = error.classes.join(", ");
    const recognised = `Drawings are recognised as soon as each class has one that is labelled; there is none of ${names} yet`;
    const needs = await needsOf(deps);
    throw new ConflictError(`There is no model yet. ${recognised}. ${needs.text}`, {
      says: saying("noModel.drawings", { names, needs: needs.says }),
    });
  }
}

/** @throws {ConflictError} when there is no model yet, with what it takes to get one. */
export async function requireModel(deps: ModelDeps): Promise<void> {
  if (!(await hasNoModelYet(deps))) return;
  const { text, says } = await needsOf(deps);
  throw new ConflictError(`There is no model yet. ${text}`, { says: saying("noModel.yet", { needs: says }) });
}

async function needsOf({ scheduler }: Pick<ModelDeps, "scheduler">): Promise<{ text: string; says: Saying }> {
  const first = (await scheduler.status()).firstModel;
  if (first === null) return { text: "Promote one", says: saying("noModel.promote") };
  if (first.isEnough) {
    const text = "There are enough labelled drawings; it is trained next";
    return { text, says: saying("noModel.next") };
  }
  const { perClass, total, n } = first;
  return {
    text: `It is trained once there are ${perClass} labelled drawings of each class, ${total} in total; there are ${n} now. Label with POST /api/v1/samples`,
    says: saying("noModel.needs", { perClass, total, n }),
  };
}
