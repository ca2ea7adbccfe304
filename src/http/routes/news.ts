import type { News } from "../../../views/fragments/learning-status.tsx";
import type { Deployment } from "../../domain/deployment.ts";
import { isInReview, verdictOf } from "../../domain/gate.ts";
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
  if (ended.kind === "passed" && deployment?.version === ended.version) return deployed;
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
  const gate = models.get(version)?.gate ?? null;
  return {
    kind: "live",
    version,
    ...(deployment.by === "gate" &&
      gate?.summary !== undefined && { summary: gate.summary, verdict: verdictOf(gate) }),
    mnistAccuracy: accuracyOn(MNIST_TEST),
    holdoutAccuracy: accuracyOn(APP_HOLDOUT),
  };
}

/** The news of a run that failed, or of the gate's verdict about its model. Other runs have none. */
function newsOfRun(run: Run, models: ReadonlyMap<number, Model>, failure?: Saying): News | null {
  if (run.status === "failed") return { kind: "failed", reason: run.error ?? "", says: failure };
  const model = run.modelVersion === null ? undefined : models.get(run.modelVersion);
  if (model === undefined || model.gate === null) return null;
  const { version, gate } = model;
  const verdict = verdictOf(gate);
  if (verdict === "better" || verdict === "not_worse") {
    return gate.summary === undefined ? null : { kind: "passed", version, verdict, summary: gate.summary };
  }
  if (verdict === "held") {
    return { kind: "held", version, reason: gate.summary ?? null, isInReview: isInReview(gate) };
  }
  const failed = gate.checks.filter(({ passed, isMissing }) => !passed && isMissing !== true);
  const reasons = failed.map(({ detail, says }) => ({ detail, ...(says === undefined ? {} : { says }) }));
  const { evidence } = gate;
  return { kind: "refused", version, reasons, ...(evidence === undefined ? {} : { evidence }) };
}
