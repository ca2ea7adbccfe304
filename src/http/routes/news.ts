import type { News } from "../../../views/fragments/learning-status.tsx";
import type { Deployment } from "../../domain/deployment.ts";
import { APP_HOLDOUT, MNIST_TEST } from "../../domain/metrics.ts";
import type { Model } from "../../domain/model.ts";
import type { Run } from "../../domain/runs/run.ts";
import type { Saying } from "../../lib/saying.ts";

/**
 * The newest thing to report: the last deployment, or the end of the last training run if that is later and put no
 * model live. The built-in model at the first start is not news.
 *
 * @param run the last one that ended, if any.
 * @param models by version.
 * @param failure the run's error as data.
 */
export function newestNews(
  deployment: Deployment | null,
  run: Run | null,
  models: ReadonlyMap<number, Model>,
  failure?: Saying,
): News | null {
  const deployed = deployment === null ? null : newsOfDeployment(deployment, models);
  const ended = run === null ? null : newsOfRun(run, models, failure);
  if (ended === null) return deployed;
  const isLater = deployment === null || (run?.finishedAt ?? "") > deployment.createdAt;
  return isLater ? ended : deployed;
}

function newsOfDeployment(deployment: Deployment, models: ReadonlyMap<number, Model>): News | null {
  const { action, version, previousVersion } = deployment;
  if (action === "rollback") return { kind: "rolledBack", version };
  if (action === "fallback") return { kind: "fellBack", version };
  // The built-in model at the first start.
  if (previousVersion === null && deployment.by === "start") return null;
  const accuracyOn = (set: string) => models.get(version)?.metrics.evaluations[set]?.accuracy ?? null;
  return {
    kind: "live",
    version,
    mnistAccuracy: accuracyOn(MNIST_TEST),
    holdoutAccuracy: accuracyOn(APP_HOLDOUT),
  };
}

/** The news of a failed run or a rejected model. Other runs have none: a model that passed is reported as a deployment. */
function newsOfRun(run: Run, models: ReadonlyMap<number, Model>, failure?: Saying): News | null {
  if (run.status === "failed") return { kind: "failed", reason: run.error ?? "", says: failure };
  const model = run.modelVersion === null ? undefined : models.get(run.modelVersion);
  if (model === undefined || model.gate === null || model.gate.passed) return null;
  const reasons = model.gate.checks
    .filter((check) => !check.passed)
    .map(({ detail, says }) => ({ detail, ...(says === undefined ? {} : { says }) }));
  return { kind: "refused", version: model.version, reasons };
}
