import { createPasswords } from "../../access/passwords.ts";
import { createPeople, type People } from "../../access/people.ts";
import type { Account } from "../../domain/access/account.ts";
import type { AuditRecord, NewAuditRecord } from "../../domain/access/audit.ts";
import { COMMAND_LINE } from "../../domain/actor.ts";
import type { Store } from "../../domain/store.ts";
import { NotFoundError } from "../../lib/errors.ts";
import {
  hasStore,
  loadProject,
  openProjectStore,
  type Project,
  type ProjectOptions,
} from "../../project/project.ts";
import type { Runtime } from "../../project/runtime.ts";
import { systemTimers } from "../../scheduler/timers.ts";
import { holderAddress } from "../../storage/lock.ts";

/** The operations of `tegaki access`. A running server notices within a second. Each throws NotFoundError without a store. */
export interface AccessCommands {
  /** Makes a link by which someone becomes an admin. @returns also where the server listens; null when none is running. */
  reset(options: ProjectOptions): Promise<{ secret: string; url: string | null }>;
  list(options: ProjectOptions): Promise<Account[]>;
  /** Records what a command has done. */
  record(options: ProjectOptions & Pick<NewAuditRecord, "action" | "target">): Promise<void>;
  /** Newest first. */
  audit(options: ProjectOptions & { limit: number }): Promise<AuditRecord[]>;
}

/** Creates `tegaki access`. */
export function accessCommands(runtime: Runtime): AccessCommands {
  async function withPeople<T>(
    options: ProjectOptions,
    use: (people: People, project: Project, store: Store) => Promise<T>,
  ): Promise<T> {
    const project = await loadProject(runtime, options);
    if (!(await hasStore(project))) {
      throw new NotFoundError(
        `There is no store in ${project.dataDir} yet, so nobody has access. Start the server with tegaki serve: where people need to log in, it prints a link for the first admin`,
      );
    }
    const store = await openProjectStore(runtime, project);
    try {
      const { clock } = runtime;
      const { monotonicMs } = systemTimers;
      const passwords = createPasswords();
      return await use(createPeople({ store: store.access, clock, passwords, monotonicMs }), project, store);
    } finally {
      await store.close();
    }
  }

  const byCommand = (action: string, target: string | null): NewAuditRecord => ({
    ...{ at: runtime.clock.now().toISOString(), actor: COMMAND_LINE, action, target },
    ...{ outcome: "done", detail: {}, address: null },
  });

  return {
    record: ({ action, target, ...options }) =>
      withPeople(options, (people) => people.record(byCommand(action, target))),
    reset: (options) =>
      withPeople(options, async (people, { dataDir }) => {
        const secret = await people.adminLink(COMMAND_LINE);
        await people.record(byCommand("access.reset", null));
        return { secret, url: holderAddress(dataDir) };
      }),
    list: (options) => withPeople(options, ({ store }) => store.accounts()),
    audit: ({ limit, ...options }) => withPeople(options, ({ store }) => store.audit({ limit })),
  };
}
