import { expect, test } from "bun:test";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { copiesSince, recordedBackups } from "../../src/backup/records.ts";
import { LOCAL } from "../../src/domain/actor.ts";
import { createForgetter } from "../../src/project/forgetting/forgetter.ts";
import { loadProject, openProjectStore } from "../../src/project/project.ts";
import { withDirectory } from "../storage/helpers.ts";
import { runtime } from "../support/run-project.ts";
import { backUp, clock, makeProject, restore, storeIn } from "./helpers.ts";

/** Forgets a writer, as the command does. */
async function forget(dir: string, writer: string) {
  const project = await loadProject(runtime, { dir });
  const store = await openProjectStore(runtime, project);
  try {
    return await createForgetter({
      ...{ place: project, store, open: async () => store, isRunning: () => false },
      copiesSince: (since) => copiesSince(dir, since),
    }).forget({ writer }, LOCAL);
  } finally {
    await store.close();
  }
}

async function writersIn(dir: string): Promise<(string | null)[]> {
  const store = await storeIn(dir);
  try {
    return (await Array.fromAsync(store.samples.iterate())).map(({ writer }) => writer);
  } finally {
    await store.close();
  }
}

test("a person who was forgotten after the backup stays forgotten when it is restored, bytes and all", () =>
  withDirectory(async (root) => {
    const [dir, file] = [join(root, "project"), join(root, "b.zip")];
    await makeProject(dir, 3, "Ann-of-the-backup");
    await makeProject(dir, 2, "Bob");
    await backUp(dir, file);
    const { drawings, copies } = await forget(dir, "Ann-of-the-backup");
    expect(drawings).toBe(3);
    expect(copies).toEqual([{ file, at: clock.now().toISOString(), keptUntil: null }]);

    const { forgotten } = await restore(file, dir, true);
    expect(forgotten).toBe(3);
    const stored = Buffer.from(await Bun.file(join(dir, "data/tegaki.db")).bytes());
    expect(stored.includes("Ann-of-the-backup")).toBe(false);
    expect(stored.includes("Bob")).toBe(true);
    expect(await Bun.file(join(dir, "data/forgotten.ndjson")).text()).toHaveLength(4 * 181);
    expect(await writersIn(dir)).toEqual(["Bob", "Bob"]);
  }));

test("a backup that was made after the forgetting takes the list with it to another folder", () =>
  withDirectory(async (root) => {
    const dir = join(root, "project");
    await makeProject(dir, 2, "Ann");
    await backUp(dir, join(root, "before.zip"));
    await forget(dir, "Ann");
    await backUp(dir, join(root, "after.zip"));
    await restore(join(root, "after.zip"), join(root, "moved"));
    expect(await writersIn(join(root, "moved"))).toEqual([]);
    const { forgotten } = await restore(join(root, "before.zip"), join(root, "moved"), true);
    expect(forgotten).toBe(2);
  }));

test("the list in the store is applied when the file next to it is lost, and the file when the store is damaged", () =>
  withDirectory(async (root) => {
    const [dir, file] = [join(root, "project"), join(root, "b.zip")];
    await makeProject(dir, 2, "Ann");
    await backUp(dir, file);
    await forget(dir, "Ann");
    const list = Bun.file(join(dir, "data/forgotten.ndjson"));
    const kept = await list.text();
    await list.delete();
    expect((await restore(file, dir, true)).forgotten).toBe(2);
    await Bun.write(join(dir, "data/forgotten.ndjson"), kept);
    await Bun.write(join(dir, "data/tegaki.db"), "x".repeat(10_000));
    expect((await restore(file, dir, true)).forgotten).toBe(2);
  }));

test("backups in the data folder and their records stay where they are when the data is replaced", () =>
  withDirectory(async (root) => {
    const dir = join(root, "project");
    await makeProject(dir, 2);
    await mkdir(join(dir, "data/backups"));
    const file = join(dir, "data/backups/b.zip");
    await backUp(dir, file);
    await restore(file, dir, true);
    expect(await recordedBackups(dir)).toMatchObject([{ file: "data/backups/b.zip", kind: "manual" }]);
    expect(await readdir(join(dir, "data/backups"))).toEqual(["b.zip"]);
    const replaced = "data.replaced-20260102T030405Z";
    const copies = await copiesSince(dir, "2026-01-01T00:00:00.000Z");
    expect(copies.map((copy) => copy.file).sort()).toEqual([replaced, "data/backups/b.zip"]);
    expect(await readdir(join(dir, replaced))).not.toContain("backups");
    expect(await copiesSince(dir, "2026-01-03T00:00:00.000Z")).toEqual([]);
  }));

test("recordedBackups() leaves out what was deleted, and a line that a crash has cut off", () =>
  withDirectory(async (root) => {
    const dir = join(root, "project");
    await makeProject(dir, 1);
    for (const name of ["a", "b"]) await backUp(dir, join(root, `${name}.zip`));
    const records = Bun.file(join(dir, "data/backups.ndjson"));
    await Bun.write(records, `${await records.text()}{"file":"data/x`);
    await Bun.file(join(root, "a.zip")).delete();
    expect((await recordedBackups(dir)).map(({ file }) => file)).toEqual([join(root, "b.zip")]);
  }));
