import type { Role } from "../../domain/access/role.ts";

/** The needs of a route. */
export interface Rule {
  /** "open": everyone, also those of whom nothing is known. */
  readonly needs: Role | "open";
  /** The action of the audit log; null for what is not recorded there. */
  readonly action: string | null;
  /** The parameter of the path that names what the action is done to. */
  readonly target: string | null;
}

type Line = readonly [
  methods: string,
  paths: string | readonly string[],
  needs: Rule["needs"],
  action?: string,
  target?: string,
];

const ID15 = ":id{[1-9][0-9]{0,14}}";
const VERSION = ":version{[1-9][0-9]{0,8}}";
const LABEL_ID = ":id{[0-9a-f-]{36}}";

/**
 * The needs of each route that is not an ordinary GET, which a viewer may send. Paths are as the routes have them. An
 * action stands in the audit log: `thing.what`. Single labels do not: each has its own history, and there are too many.
 */
const LINES: readonly Line[] = [
  // Everyone: the way in, and whether the server works.
  ["GET", ["/assets/:name", "/assets/:id/:name", "/favicon.ico", "/livez", "/readyz"], "open"],
  ["GET", ["/v2/health/live", "/v2/health/ready", "/log-in", "/welcome/:secret", "/join/:secret"], "open"],
  ["POST", "/log-in", "open", "session.start"],
  ["POST", "/log-out", "open", "session.end"],
  ["POST", "/welcome/:secret", "open", "account.password"],
  ["POST", "/join/:secret", "open", "invitation.use"],
  ["POST", ["/language", "/theme"], "open"],

  // Draw, predict, label.
  ["POST", ["/api/v1/predict", "/api/v1/explain", "/api/v1/samples", "/api/v1/queue/drawings"], "labeller"],
  ["POST", ["/v2/models/:name/infer", "/v2/models/:name/versions/:version/infer"], "labeller"],
  ["POST", ["/api/v1/queue/next", "/api/v1/queue/release"], "labeller"],
  ["POST", ["/api/v1/queue/questions/:id/answer", "/api/v1/queue/questions/:id/skip"], "labeller"],
  ["POST", "/api/v1/queue/decisions/:id/undo", "labeller"],
  ["POST", ["/api/v1/queue/grid", "/api/v1/queue/grid/renew", "/api/v1/queue/grid/release"], "labeller"],
  // Reading these reserves drawings for whoever labels.
  ["GET", ["/api/v1/queue/grid", "/label/grid", "/label/unlabelled"], "labeller"],
  // One's own drawings; `ownDrawings` asks for an operator for those of others.
  ["PATCH,DELETE", "/api/v1/samples/:id", "labeller"],
  ["POST", ["/label/grid", "/label/grid/undo"], "labeller"],

  // What others have labelled.
  ["POST", ["/api/v1/samples/:id/confirm", `/label/${LABEL_ID}`, `/label/${LABEL_ID}/undo`], "operator"],
  ["POST", ["/samples/:id/ask", "/samples/map"], "operator"],
  ["POST", "/api/v1/samples/grid", "operator", "samples.review"],
  ["POST", ["/api/v1/samples/bulk", "/samples/bulk"], "operator", "samples.change"],
  ["POST", "/api/v1/samples/actions/:action/undo", "operator", "samples.undo", "action"],
  ["POST", "/samples/actions/:id{[0-9]{1,15}}/undo", "operator", "samples.undo", "id"],
  ["POST", ["/api/v1/samples/imports", "/samples/imports"], "operator", "samples.upload"],
  ["GET", ["/api/v1/samples/imports/:upload", "/api/v1/samples/imports/:upload/preview"], "operator"],
  ["GET", "/samples/imports/:id", "operator"],
  ["POST", "/api/v1/samples/imports/:upload/start", "operator", "samples.import", "upload"],
  ["POST", "/samples/imports/:id", "operator", "samples.import", "id"],
  ["DELETE", "/api/v1/samples/imports/:upload", "operator"],
  ["POST", "/samples/imports/:id/remove", "operator"],
  ["POST", ["/api/v1/samples/export", "/samples/export"], "operator", "samples.export"],
  ["POST", "/api/v1/reviews/:run_id/confirm", "operator", "samples.confirm", "run_id"],
  ["POST", "/api/v1/reviews/:run_id/withdraw", "operator", "samples.withdraw", "run_id"],
  ["POST", "/label/batches/:run/:action{confirm|withdraw}", "operator", "samples.batch", "run"],

  // Runs.
  ["POST", ["/api/v1/runs", "/runs", "/pipelines"], "operator", "run.start"],
  ["POST", ["/api/v1/runs/:id/cancel", "/runs/:id/cancel"], "operator", "run.cancel", "id"],
  ["POST", ["/api/v1/runs/:id/retry", "/runs/:id/retry"], "operator", "run.retry", "id"],
  ["POST", ["/api/v1/runs/:id/resume", "/runs/:id/resume"], "operator", "run.resume", "id"],
  ["PATCH", "/api/v1/runs/:id", "operator", "run.annotate", "id"],
  ["POST", ["/runs/:id/note", "/runs/:id/tags"], "operator", "run.annotate", "id"],

  // Models.
  ["POST", ["/api/v1/models/rollback", "/models/rollback"], "operator", "model.roll_back"],
  [
    "POST",
    ["/api/v1/models/:version/promote", `/models/${VERSION}/promote`],
    "operator",
    "model.promote",
    "version",
  ],
  ["PUT", "/api/v1/models/aliases/:alias", "operator", "model.alias", "alias"],
  ["DELETE", "/api/v1/models/aliases/:alias", "operator", "model.alias", "alias"],
  ["POST", `/models/${VERSION}/aliases`, "operator", "model.alias", "version"],
  ["PATCH", "/api/v1/models/:version", "operator", "model.annotate", "version"],
  ["POST", [`/models/${VERSION}/tags`, `/models/${VERSION}/note`], "operator", "model.annotate", "version"],
  ["DELETE", "/api/v1/models/:version", "operator", "model.delete", "version"],
  ["POST", `/models/${VERSION}/delete`, "operator", "model.delete", "version"],
  ["POST", ["/api/v1/models/import", "/models/import"], "operator", "model.import"],
  ["POST", "/api/v1/models/prune", "operator", "model.prune"],
  ["GET", ["/api/v1/models/:version/export", `/models/${VERSION}/export`], "operator"],
  ["POST", "/api/v1/models/:version/trial", "operator", "trial.start", "version"],
  ["POST", "/models/trials/start", "operator", "trial.start"],
  ["POST", "/api/v1/trials/:id/stop", "operator", "trial.stop", "id"],
  ["POST", "/models/trials/:id{[1-9][0-9]{0,8}}/stop", "operator", "trial.stop", "id"],
  ["POST", ["/api/v1/models/:version/replay", "/models/trials/replay"], "operator"],

  // The loop.
  ["POST", ["/api/v1/scheduler/trigger", "/scheduler/trigger"], "operator", "scheduler.trigger"],
  ["POST", ["/api/v1/scheduler/pause", "/scheduler/pause"], "operator", "scheduler.pause"],
  ["POST", ["/api/v1/scheduler/resume", "/scheduler/resume"], "operator", "scheduler.resume"],
  [
    "POST",
    ["/api/v1/scheduler/requests/:id/approve", `/scheduler/requests/${ID15}/approve`],
    "operator",
    "scheduler.approve",
    "id",
  ],
  [
    "POST",
    ["/api/v1/scheduler/requests/:id/decline", `/scheduler/requests/${ID15}/decline`],
    "operator",
    "scheduler.decline",
    "id",
  ],
  [
    "POST",
    ["/api/v1/notices/:id/acknowledge", `/notices/${ID15}/acknowledge`],
    "operator",
    "notice.acknowledge",
    "id",
  ],
  ["GET", ["/settings", "/api/v1/settings", "/webhooks", "/api/v1/webhooks", "/server"], "operator"],
  ["POST", "/styleguide", "viewer"],

  // Oneself. What an account may do does not matter for its own password and sessions.
  ["POST", "/account/password", "viewer", "account.password"],
  ["POST", "/account/sessions/:id/end", "viewer", "session.end", "id"],
  ["POST", "/account/tokens", "viewer", "token.make"],
  ["POST", "/account/tokens/:id/revoke", "viewer", "token.revoke", "id"],

  // Those who come by an invitation: a teacher who is an operator lets a class in.
  ["GET", "/people/invitations", "operator"],
  ["POST", "/people/invitations", "operator", "invitation.make"],
  ["POST", "/people/invitations/:id/end", "operator", "invitation.end", "id"],
  ["POST", "/people/invitations/sessions/:id/end", "operator", "session.end", "id"],

  // People and the server itself.
  ["GET", ["/people", "/people/audit", "/people/audit/export", "/api/v1/audit"], "admin"],
  ["POST", "/people", "admin", "account.make"],
  ["POST", "/people/:id/role", "admin", "account.role", "id"],
  ["POST", "/people/:id/link", "admin", "account.link", "id"],
  ["POST", "/people/:id/disable", "admin", "account.disable", "id"],
  ["POST", "/people/:id/enable", "admin", "account.enable", "id"],
  ["POST", "/people/:id/remove", "admin", "account.remove", "id"],
  ["POST", "/people/sessions/:id/end", "admin", "session.end", "id"],
  ["POST", "/people/tokens/:id/revoke", "admin", "token.revoke", "id"],
  ["POST", "/settings/preview", "admin"],
  ["POST", "/settings", "admin", "settings.change"],
  ["PUT", "/api/v1/settings", "admin", "settings.change"],
  ["POST", ["/api/v1/webhooks/:name/test", "/webhooks/:name/test"], "admin", "webhook.test", "name"],
  ["GET", "/samples/forget", "admin"],
  ["POST", ["/api/v1/samples/forget", "/samples/forget"], "admin", "samples.forget"],
  ["POST", "/server/quit", "admin", "server.quit"],
];

/** Needs of a GET route that is not in the table. */
const READING: Rule = { needs: "viewer", action: null, target: null };

/** The rules by method and path. */
export const RULES: ReadonlyMap<string, Rule> = new Map(
  LINES.flatMap(([methods, paths, needs, action = null, target = null]) =>
    methods
      .split(",")
      .flatMap((method) =>
        [paths].flat().map((path): [string, Rule] => [`${method} ${path}`, { needs, action, target }]),
      ),
  ),
);

/** Returns what a route needs; undefined when nobody has decided that. @param path as the route has it. */
export function ruleOf(method: string, path: string): Rule | undefined {
  return RULES.get(`${method} ${path}`) ?? (method === "GET" ? READING : undefined);
}
