import { Hono } from "hono";
import { requestId } from "hono/request-id";
import { audit } from "./access/audit.ts";
import { authorise, requireRules } from "./access/authorise.ts";
import { dimControls } from "./access/dim-controls.ts";
import { limitDrawings, NEW_DRAWINGS } from "./access/drawing-limits.ts";
import { endStreams } from "./access/end-streams.ts";
import { identify } from "./access/identity.ts";
import { recheck } from "./access/recheck.ts";
import { createApi, DRAWING_PATH, IMPORT_PATHS, MODEL_PATHS } from "./api/index.ts";
import type { AppDeps } from "./deps.ts";
import { allowedHosts } from "./middleware/allowed-hosts.ts";
import { createAssetRoute, namesAssets } from "./middleware/assets.ts";
import { limitBody } from "./middleware/body.ts";
import { keepsNothing } from "./middleware/caching.ts";
import { compressPages } from "./middleware/compress-pages.ts";
import {
  createErrorHandler,
  createMethodHandler,
  createNotFoundHandler,
  type RenderErrorPage,
} from "./middleware/errors.ts";
import { ownMethods } from "./middleware/own-methods.ts";
import { requestLog } from "./middleware/request-log.ts";
import { requestMetrics } from "./middleware/request-metrics.ts";
import { sameOrigin } from "./middleware/same-origin.ts";
import { securityHeaders } from "./middleware/security-headers.ts";
import { createPageRoutes, renderErrorPage, sentenceFor } from "./routes/index.ts";

/** In characters; a longer one, or one with others than letters, digits, "_", "-" and "=", is replaced. */
const MAX_REQUEST_ID = 128;

/**
 * The whole web application as a function of requests: it never listens and never reads the environment.
 * A request is refused before anything is read of it: wrong host, another site's page, a role that is not enough, too
 * many drawings, too long a body.
 */
export function createApp(
  deps: AppDeps,
  drawErrorPage: RenderErrorPage = renderErrorPage(deps.version),
): Hono {
  const app = new Hono();
  app.onError(createErrorHandler(drawErrorPage, sentenceFor));
  app.notFound(createNotFoundHandler(drawErrorPage));

  app.use(keepsNothing());
  app.use(requestId({ limitLength: MAX_REQUEST_ID }));
  app.use(requestMetrics(deps));
  app.use(requestLog(deps));
  app.use(compressPages());
  // After it: a page is compressed as it was changed.
  app.use(dimControls());
  app.use(securityHeaders(deps.trust));
  app.use(namesAssets(deps));
  app.use(allowedHosts(deps.isOurHost));
  // Before the next check: the page that it refuses with has a style, too, and assets are the same for everyone.
  app.route("/", createAssetRoute(deps));
  app.use(sameOrigin());
  app.use(identify(deps));
  app.use(authorise());
  app.use(endStreams(deps));
  app.use(audit(deps));
  app.use(ownMethods(app, createMethodHandler(drawErrorPage)));
  app.use(limitBody(deps.limits, { drawing: DRAWING_PATH, models: MODEL_PATHS, imports: IMPORT_PATHS }));

  app.use(recheck(deps));

  const limited = limitDrawings(deps);
  for (const path of NEW_DRAWINGS) app.post(path, limited);

  const api = createApi(deps);
  app.route("/", api);
  app.route("/", createPageRoutes(deps, api));
  requireRules(app);
  return app;
}
