import { join } from "node:path";
import { COMMAND_LINE } from "../../domain/actor.ts";
import type { ForgottenDrawing } from "../../domain/lineage/forgetting.ts";
import type { Clock } from "../../lib/clock.ts";
import { UnavailableError } from "../../lib/errors.ts";
import { openStore } from "../../storage/open.ts";
import { forgottenIn } from "../../storage/snapshot/forgotten-in.ts";
import { readForgottenList, writeForgottenList } from "./forgotten-list.ts";

/**
 * Removes from a restored store what was forgotten since its backup was made, also from its free pages, and writes the
 * list next to it. Sessions and links of the backup end, and the audit log says that it was restored. The store is updated to the schema of this program.
 *
 * @param dataDir of the restored store, which nothing else uses. @param current the data directory that it replaces.
 * @param note is told when the store that is replaced cannot be read: its list file is then used alone.
 * @returns the number of drawings that were removed.
 */
export async function forgetRestored(
  { dataDir, current, clock }: { dataDir: string; current: string | null; clock: Clock },
  note: (line: string) => void,
): Promise<number> {
  const list = await readForgottenList(dataDir);
  if (current !== null) list.push(...(await readForgottenList(current)), ...ofStore(current, note));
  const store = await openStore({ path: join(dataDir, "tegaki.db"), clock, holdoutFraction: 0 });
  try {
    const removed = await store.forgetting.apply(list);
    await writeForgottenList(dataDir, await store.forgetting.list());
    if ((await store.forgetting.unfinished()) !== null) {
      await store.forgetting.erase();
      await store.forgetting.finish();
    }
    // Sessions and links that were ended since would work again.
    await store.access.endEverySession();
    await store.access.record({
      ...{ at: clock.now().toISOString(), actor: COMMAND_LINE, action: "server.restore", target: null },
      ...{ outcome: "done", detail: { drawings_forgotten: removed }, address: null },
    });
    return removed;
  } finally {
    await store.close();
  }
}

function ofStore(dataDir: string, note: (line: string) => void): ForgottenDrawing[] {
  try {
    return forgottenIn(join(dataDir, "tegaki.db"));
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    note(
      `Warning: the store that is replaced cannot be read (${error.message}); only its list of forgotten drawings in forgotten.ndjson was applied`,
    );
    return [];
  }
}
