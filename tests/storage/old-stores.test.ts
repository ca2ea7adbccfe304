import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Connection } from "../../src/storage/connection.ts";
import { migrate } from "../../src/storage/migrate.ts";
import { MIGRATIONS } from "../../src/storage/migrations/all.ts";
import { openStore } from "../../src/storage/open.ts";
import { checkRows } from "../../src/storage/snapshot/check-rows.ts";
import { integrityProblems, SCHEMA_VERSION, schemaVersion } from "../../src/storage/snapshot/snapshot.ts";
import { FakeClock, newSample, withDirectory } from "./helpers.ts";

/* Stores that older releases made; tests/fixtures/stores/README.md says how. */

const FOLDER = join(import.meta.dir, "../fixtures/stores");
const FIXTURES = readdirSync(FOLDER).filter((name) => name.endsWith(".db.gz"));

/** Puts a fixture into a directory. @returns its path. */
function unpack(name: string, dir: string): string {
  const path = join(dir, "tegaki.db");
  writeFileSync(path, gunzipSync(readFileSync(join(FOLDER, name))));
  return path;
}

const open = (path: string) => openStore({ path, clock: new FakeClock(), holdoutFraction: 0.2 });

test("every tagged release has a store among the fixtures", () => {
  const { stdout, success } = Bun.spawnSync(["git", "tag", "--list", "v*"], { cwd: FOLDER });
  const tags = success
    ? stdout
        .toString()
        .split("\n")
        .filter((tag) => tag !== "")
    : [];
  expect(tags.filter((tag) => !FIXTURES.includes(`${tag}.db.gz`))).toEqual([]);
  expect(FIXTURES.length).toBeGreaterThanOrEqual(8);
});

test.each(FIXTURES)("%s opens with every drawing, run and model, and every row can be read", (name) =>
  withDirectory(async (dir) => {
    const path = unpack(name, dir);
    const before = new Database(path, { readonly: true });
    const samples = before
      .query<{ id: string; label: string }, []>("SELECT id, label FROM samples ORDER BY id")
      .all();
    before.close();
    expect(samples).toHaveLength(12);
    const store = await open(path);
    const stored = await Array.fromAsync(store.samples.iterate());
    expect(stored.map(({ id, label }) => ({ id, label }))).toEqual(samples);
    expect(stored.filter(({ drawing }) => drawing === null)).toHaveLength(3);
    expect(await store.runs.get("run-1")).toMatchObject({ status: "done", params: { epochs: 2 } });
    expect(await store.models.get(1)).toMatchObject({ key: "builtin:base" });
    expect(await store.predictions.get("p-1")).toMatchObject({ label: "7", confidence: 0.5 });
    await store.samples.insert(newSample());
    await store.close();
    expect(schemaVersion(path)).toBe(SCHEMA_VERSION);
    expect(integrityProblems(path)).toEqual([]);
    expect(checkRows(path).problems).toEqual([]);
  }),
);

test.each(FIXTURES)(
  "%s stays byte for byte the same when a migration fails, however many worked before",
  (name) =>
    withDirectory(async (dir) => {
      const path = unpack(name, dir);
      const before = readFileSync(path);
      const schema = schemaVersion(path)!;
      const broken = {
        version: SCHEMA_VERSION + 1,
        name: "broken",
        sql: "DELETE FROM samples; DROP TABLE nowhere",
      };
      const connection = Connection.open(path);
      expect(() => migrate(connection, [...MIGRATIONS, broken], new FakeClock())).toThrow(
        /migration \d+ \(broken\) failed: no such table: nowhere\. The file is unchanged/,
      );
      connection.close();
      expect(schemaVersion(path)).toBe(schema);
      // Opening a store switches it to write-ahead logging, which is two bytes of its header.
      const after = readFileSync(path);
      after.set(before.subarray(18, 20), 18);
      after.set(before.subarray(24, 28), 24);
      after.set(before.subarray(92, 96), 92);
      expect(after.equals(before)).toBe(true);
    }),
);
