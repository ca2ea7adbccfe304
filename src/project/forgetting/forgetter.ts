import { randomBytes } from "node:crypto";
import type { HoldingCopy } from "../../domain/backups/backup.ts";
import type { ForgetPlan, ForgetResult, Forgettable, Forgetter } from "../../domain/lineage/forgetting.ts";
import type { Run } from "../../domain/runs/run.ts";
import type { Store } from "../../domain/store.ts";
import { ConflictError, NotFoundError } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import { type CleanedFiles, cleanFiles, type Place } from "./clean-files.ts";
import { readForgottenList, writeForgottenList } from "./forgotten-list.ts";

const KEY_BYTES = 32;

/** Everything that a forgetter needs. */
export interface ForgetterDeps {
  place: Place;
  /** For what is read quickly. */
  store: Store;
  /**
   * Opens the store again, for the work that takes seconds: a server does it on another thread, so that no request waits.
   * It is closed afterwards, unless it is `store`.
   */
  open(): Promise<Store>;
  /** Whether the process of a run is alive. */
  isRunning(run: Run): boolean;
  /** Returns the copies of the drawings that were made since a time, which forgetting does not reach. */
  copiesSince(since: string): Promise<HoldingCopy[]>;
  /** Called after files have changed. */
  onCleaned?(): void;
}

/** Creates the forgetter of a project. */
export function createForgetter({
  place,
  store,
  open,
  isRunning,
  copiesSince,
  onCleaned,
}: ForgetterDeps): Forgetter {
  async function refuseWhileRunning(): Promise<void> {
    const { runs } = await store.runs.list({ status: "running" });
    const running = runs.find(isRunning);
    if (running === undefined) return;
    throw new ConflictError(
      `Run ${running.id} is still running, and may hold the drawings. Wait for it to finish, or cancel it, then try again`,
      { says: saying("forgetWhileRunning", { runId: running.id }) },
    );
  }

  async function finish(): Promise<CleanedFiles> {
    const other = await open();
    try {
      return await finishForgetting(place, other);
    } finally {
      if (other !== store) await other.close();
      onCleaned?.();
    }
  }

  async function preview(what: Forgettable): Promise<ForgetPlan> {
    const found = await store.forgetting.preview(what);
    return { ...found, copies: found.since === null ? [] : await copiesSince(found.since) };
  }

  return {
    preview,
    async forget(what, actor): Promise<ForgetResult> {
      const plan = await preview(what);
      // What an earlier attempt has left is finished, also when none of the drawings is left.
      const isNothing = plan.drawings + plan.decisions === 0;
      if (isNothing && (await store.forgetting.unfinished()) === null) throw nothingOf(what);
      await refuseWhileRunning();
      if (!isNothing) await store.forgetting.forget(what, actor, randomBytes(KEY_BYTES));
      // Again: a run that has started meanwhile may have loaded them before.
      await refuseWhileRunning();
      return { ...plan, ...(await finish()) };
    },
  };
}

/**
 * Removes what is left of forgotten drawings outside of the rows of the store: from the project's files, and from free
 * pages of the database. May be repeated; a crash before its end is made good when the store is opened next.
 */
async function finishForgetting(place: Place, store: Store): Promise<CleanedFiles> {
  await writeForgottenList(place.dataDir, await store.forgetting.list());
  const cleaned = await cleanFiles(place, store, (await store.forgetting.unfinished()) ?? []);
  await store.forgetting.erase();
  await store.forgetting.finish();
  return cleaned;
}

/**
 * Forgets again what the list next to a store says, as after an older copy of the store was restored, and finishes what
 * was interrupted.
 * @returns how many drawings were removed.
 */
export async function forgetAgain(place: Place, store: Store): Promise<number> {
  const list = await readForgottenList(place.dataDir);
  const removed = await store.forgetting.apply(list);
  if ((await store.forgetting.unfinished()) !== null) await finishForgetting(place, store);
  // Someone removed the list, or an older release copied the store without it.
  else if (list.length === 0) await writeForgottenList(place.dataDir, await store.forgetting.list());
  return removed;
}

function nothingOf(what: Forgettable): NotFoundError {
  if ("before" in what) return new NotFoundError(`There are no drawings from before ${what.before}`);
  const [kind, name] = "writer" in what ? ["writer", what.writer] : ["session", what.session];
  const shown = name.slice(0, 100);
  return new NotFoundError(`There are no drawings of ${kind} "${shown}"`, {
    says: saying(kind === "writer" ? "noDrawingsOfWriter" : "noDrawingsOfSession", { name: shown }),
  });
}
