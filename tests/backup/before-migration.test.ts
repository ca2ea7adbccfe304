import { expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { openBackup } from "../../src/backup/read-backup.ts";
import { recordedBackups } from "../../src/backup/records.ts";
import { hasStore, loadProject, openProjectStore } from "../../src/project/project.ts";
import { SCHEMA_VERSION, schemaVersion } from "../../src/storage/snapshot/snapshot.ts";
import { withDirectory } from "../storage/helpers.ts";
import { runtime } from "../support/run-project.ts";
import { restore } from "./helpers.ts";

const FIXTURE = join(import.meta.dir, "../fixtures/stores/schema-05.db.gz");

async function withOldStore(work: (dir: string) => Promise<void>): Promise<void> {
  await withDirectory(async (dir) => {
    mkdirSync(join(dir, "data"));
    writeFileSync(join(dir, "data/tegaki.db"), gunzipSync(readFileSync(FIXTURE)));
    await work(dir);
  });
}

test("a store of an older release is backed up before it is updated, once, and the backup has the old store", () =>
  withOldStore(async (dir) => {
    const notes: string[] = [];
    const telling = { ...runtime, note: (line: string) => void notes.push(line) };
    const project = await loadProject(telling, { dir });
    await (await openProjectStore(telling, project)).close();
    await (await openProjectStore(telling, project)).close();
    expect(schemaVersion(join(dir, "data/tegaki.db"))).toBe(SCHEMA_VERSION);
    const [name, ...others] = readdirSync(join(dir, "data/backups"));
    expect(others).toEqual([]);
    expect(name).toMatch(/^before-migration-6-\d{8}T\d{6}Z\.zip$/);
    const { manifest } = await openBackup(join(dir, "data/backups", name!));
    expect(manifest).toMatchObject({ schema: 5, counts: { samples: 12, runs: 1, models: 1 } });
    expect(notes[0]).toContain(
      `updated from version 5 to ${SCHEMA_VERSION}; the backup from before is data/backups/${name}`,
    );
    const [record] = await recordedBackups(dir);
    expect(record).toMatchObject({ kind: "before_migration", file: `data/backups/${name}` });
    expect(Date.parse(record!.keptUntil!) - Date.parse(record!.at)).toBeGreaterThan(29 * 86_400_000);
    const { manifest: restored } = await restore(join(dir, "data/backups", name!), join(dir, "restored"));
    expect(restored.counts.samples).toBe(12);
  }));

test("a store is not updated when it cannot be backed up before: one sentence, and the file as it was", () =>
  withOldStore(async (dir) => {
    writeFileSync(join(dir, "data/backups"), "a file, where the folder would be");
    const before = readFileSync(join(dir, "data/tegaki.db"));
    const project = await loadProject(runtime, { dir });
    await expect(openProjectStore(runtime, project)).rejects.toThrow(
      /^Cannot update the store from version 5 to \d+, because it cannot be backed up before: .*The store is unchanged\./,
    );
    expect(readFileSync(join(dir, "data/tegaki.db")).equals(before)).toBe(true);
  }));

test("a new project is not backed up", () =>
  withDirectory(async (dir) => {
    const project = await loadProject(runtime, { dir });
    await (await openProjectStore(runtime, project)).close();
    expect(await hasStore(project)).toBe(true);
    expect(readdirSync(join(dir, "data"))).not.toContain("backups");
  }));
