import { join, relative, resolve } from "node:path";
import type { CredentialsByName } from "../config/credentials.ts";
import { messageOf, UnavailableError } from "../lib/errors.ts";
import { SCHEMA_VERSION, schemaVersion } from "../storage/snapshot/snapshot.ts";
import type { Runtime } from "./runtime.ts";
import { secretsOf } from "./secrets.ts";

/** A project whose store is about to be opened. */
interface OldProject {
  dir: string;
  dataDir: string;
  config: { server: { backup: { folder: string } } };
  credentials: CredentialsByName;
}

/** How long a backup before a migration is kept, in days. */
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Backs up a project whose store this program is about to update, and says so. Does nothing for a store that is up to
 * date, and for a new one.
 * @throws UnavailableError when the backup fails: the store must then not be updated.
 */
export async function backUpBeforeMigration(runtime: Runtime, project: OldProject): Promise<void> {
  const version = storedVersion(join(project.dataDir, "tegaki.db"));
  if (version === null || version >= SCHEMA_VERSION) return;
  const { createBackup } = await import("../backup/create-backup.ts");
  const { stamp } = await import("../backup/stamp.ts");
  const now = runtime.clock.now();
  const folder = resolve(project.dir, project.config.server.backup.folder);
  try {
    const { file } = await createBackup({
      dir: project.dir,
      file: join(folder, `before-migration-${version + 1}-${stamp(now)}.zip`),
      tegaki: runtime.version,
      clock: runtime.clock,
      secrets: secretsOf(project.credentials),
      kind: "before_migration",
      keptUntil: new Date(now.getTime() + KEPT_DAYS * DAY_MS).toISOString(),
    });
    runtime.note(
      `the store is updated from version ${version} to ${SCHEMA_VERSION}; the backup from before is ${relative(project.dir, file)}`,
    );
  } catch (error) {
    throw new UnavailableError(
      `Cannot update the store from version ${version} to ${SCHEMA_VERSION}, because it cannot be backed up before: ${messageOf(error)}. The store is unchanged. backup.folder in conf/local/server.yml may name a folder on another disk`,
      { cause: error },
    );
  }
}

/** The schema version of a store; null when there is none, or one that opening it will complain about. */
function storedVersion(path: string): number | null {
  try {
    return schemaVersion(path);
  } catch (error) {
    if (error instanceof UnavailableError) return null;
    throw error;
  }
}
