import { APP_HOLDOUT, MNIST_TEST } from "../../../domain/metrics.ts";
import type { AppDeps } from "../../deps.ts";
import { reportOf } from "../reports.ts";
import { gatesOf } from "./gates.ts";

/** The alias of the live model. */
const CHAMPION = "champion";
/** Number of versions per page. */
const MODELS_A_PAGE = 25;
/** Number of deployments on the page of versions; the log has all of them. */
const RECENT_DEPLOYMENTS = 10;

/** The props of one page of versions. @param before shows versions below this one. */
export async function modelsListProps(deps: Pick<AppDeps, "registry">, before?: number) {
  const { registry } = deps;
  const limit = MODELS_A_PAGE + 1;
  const [models, deployments, live, rollbackTo] = await Promise.all([
    registry.page({ limit, ...(before === undefined ? {} : { before }) }),
    registry.deployments(RECENT_DEPLOYMENTS),
    registry.champion(),
    registry.rollbackTarget(),
  ]);
  const page = models.slice(0, MODELS_A_PAGE);
  return {
    rows: page.map((model) => ({
      model,
      isLive: model.aliases.includes(CHAMPION),
      mnistTest: reportOf(model.metrics.evaluations, MNIST_TEST),
      appHoldout: reportOf(model.metrics.evaluations, APP_HOLDOUT),
    })),
    liveVersion: live?.version ?? null,
    deployments,
    gates: await gatesOf(
      deps,
      deployments.map(({ version }) => version),
    ),
    rollbackTo,
    nextBefore: models.length > page.length ? page.at(-1)!.version : null,
    isFirstPage: before === undefined,
  };
}
