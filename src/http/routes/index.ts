import { Hono } from "hono";
import type { AppDeps } from "../deps.ts";
import { createAccountRoutes } from "./access/account.tsx";
import { createJoinRoutes } from "./access/join.tsx";
import { createLogInRoutes } from "./access/log-in.tsx";
import { createWelcomeRoutes } from "./access/welcome.tsx";
import { createDocsRoutes } from "./docs/docs.tsx";
import { createDrawRoute } from "./draw.tsx";
import { createAgreementRoute } from "./label/agreement.tsx";
import { countReviews } from "./label/count-reviews.ts";
import { createGridRoutes } from "./label/grid/grid.tsx";
import { createLabelRoutes } from "./label/label.tsx";
import { createLearningRoute } from "./learning/learning.tsx";
import { createRunDataRoute } from "./lineage/run-data.tsx";
import { createSamplesRoutes } from "./lineage/samples.tsx";
import { createLiveRoute } from "./live.tsx";
import { createModelsRoutes } from "./models/index.tsx";
import { createMonitoringRoute } from "./monitoring/monitoring.tsx";
import { createPeopleRoutes } from "./people/index.ts";
import { createPipelinesRoutes } from "./pipelines.tsx";
import { createLanguageRoute } from "./reader/language.ts";
import { createThemeRoute } from "./reader/theme.ts";
import { createRunsRoutes } from "./runs.tsx";
import { createSchedulerRoutes } from "./scheduler/scheduler.tsx";
import { createServerRoute } from "./server/server.tsx";
import { createSettingsRoutes } from "./settings/settings.tsx";
import { StoryBook } from "./status.ts";
import { createStrip, stripOnPages } from "./strip/home-strip.ts";
import { createStripRoute } from "./strip/strip.tsx";
import { createStyleguideRoute } from "./styleguide/styleguide.tsx";
import { createNoticeRoutes, openNotices } from "./trials/notices.tsx";
import { createTrialsRoutes } from "./trials/trials.tsx";
import { createWebhooksRoutes } from "./webhooks.tsx";

export { renderErrorPage } from "./error-page.tsx";
export { sentenceFor } from "./failures.ts";

/**
 * The routes of every page that people open, and of the stream that updates them.
 * @param api the routes that the API reference describes.
 */
export function createPageRoutes(deps: AppDeps, api: Hono): Hono {
  const stories = new StoryBook(deps.store.runs);
  const strip = createStrip(deps, stories);
  return (
    new Hono()
      // Before what is read for other pages: those who are not in yet see nothing of the project.
      .route("/", createLogInRoutes(deps))
      .route("/", createWelcomeRoutes(deps))
      .route("/", createJoinRoutes(deps))
      .use(countReviews(deps))
      .use(openNotices(deps))
      .use(stripOnPages(strip))
      .route("/strip", createStripRoute(strip))
      .route("/notices", createNoticeRoutes(deps))
      .route("/models/trials", createTrialsRoutes(deps))
      .route("/", createDrawRoute(deps, stories))
      .route("/label/grid", createGridRoutes(deps))
      .route("/label/agreement", createAgreementRoute(deps))
      .route("/label", createLabelRoutes(deps))
      .route("/pipelines", createPipelinesRoutes(deps))
      .route("/samples", createSamplesRoutes(deps, stories))
      .route("/runs", createRunsRoutes(deps, stories))
      .route("/runs", createRunDataRoute(deps))
      .route("/models", createModelsRoutes(deps))
      .route("/webhooks", createWebhooksRoutes(deps))
      .route("/learning", createLearningRoute(deps))
      .route("/monitoring", createMonitoringRoute(deps))
      .route("/scheduler", createSchedulerRoutes(deps))
      .route("/events", createLiveRoute(deps, stories))
      .route("/account", createAccountRoutes(deps))
      .route("/server", createServerRoute(deps))
      .route("/docs", createDocsRoutes(deps, api))
      .route("/styleguide", createStyleguideRoute(deps))
      .route("/settings", createSettingsRoutes(deps))
      .route("/people", createPeopleRoutes(deps))
      .route("/theme", createThemeRoute())
      .route("/language", createLanguageRoute())
  );
}
