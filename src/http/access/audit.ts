import type { Context, MiddlewareHandler } from "hono";
import type { NewAuditRecord } from "../../domain/access/audit.ts";
import type { Actor } from "../../domain/actor.ts";
import type { AppDeps } from "../deps.ts";
import { logFailure } from "../middleware/request-log.ts";
import { ruleFor } from "./authorise.ts";

/** More about an action than its route knows. */
interface Noted {
  actor?: Actor;
  target?: string | null;
  detail?: NewAuditRecord["detail"];
  /** Nothing was done after all, so that nothing is recorded. */
  isNothing?: boolean;
}

declare module "hono" {
  interface ContextVariableMap {
    noted?: Noted;
  }
}

/** Nobody of whom anything is known. */
const NOBODY: Actor = { kind: "session", name: null };

/**
 * Records each action of the table of rules that was done, and each refused password, before the response is sent. When the
 * record cannot be written, the action is done anyway, and the log says so.
 */
export function audit({ people, clock }: Pick<AppDeps, "people" | "clock">): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const rule = ruleFor(c);
    if (rule === undefined || rule.action === null) return;
    const isDone = c.res.status < 400;
    if (!isDone && !isRefusedPassword(c, rule.action)) return;
    const noted = c.get("noted") ?? {};
    if (noted.isNothing === true) return;
    const target = rule.target === null ? null : (targetOf(c, rule.target) ?? null);
    try {
      await people.record({
        at: clock.now().toISOString(),
        actor: noted.actor ?? c.get("identity")?.actor ?? NOBODY,
        action: rule.action,
        target: noted.target === undefined ? target : noted.target,
        outcome: isDone ? "done" : "refused",
        // A guest may have the name that an account had before.
        detail: { ...noted.detail, ...(c.get("identity")?.kind === "guest" && { guest: true }) },
        address: c.get("client")?.address ?? null,
      });
    } catch (error) {
      await logFailure(c, "an action is not in the audit log", error);
    }
  };
}

/** Says more about the action of this request; never a secret. */
export function noteAction(c: Context, noted: Noted): void {
  c.set("noted", { ...c.get("noted"), ...noted });
}

/** One that was not even tried (429) is not recorded: anyone could fill the log. */
function isRefusedPassword(c: Context, action: string): boolean {
  return action === "session.start" && c.res.status === 401;
}

/** Longer ones are cut: they come from the path. */
const MAX_TARGET = 200;

/** The parameter of the path; middleware has no parameters of its own, so the route's are found by its pattern. */
function targetOf(c: Context, name: string): string | undefined {
  return c.req.param(name)?.slice(0, MAX_TARGET);
}
