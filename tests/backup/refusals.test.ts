import { expect, test } from "bun:test";
import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FORMAT_VERSION } from "../../src/backup/manifest.ts";
import { openBackup } from "../../src/backup/read-backup.ts";
import { InputError } from "../../src/lib/errors.ts";
import { createRandom } from "../../src/lib/random.ts";
import { SCHEMA_VERSION } from "../../src/storage/snapshot/snapshot.ts";
import { withDirectory } from "../storage/helpers.ts";
import { backUp, contentOf, makeProject, restore, writeSealed } from "./helpers.ts";

/* Every refusal is one sentence with what to do, and changes nothing. */

/** A project with a backup of it, and what must not change. */
async function withBackup(work: (dir: string, file: string) => Promise<void>): Promise<void> {
  await withDirectory(async (root) => {
    const [dir, file] = [join(root, "project"), join(root, "b.zip")];
    await makeProject(dir, 3);
    await backUp(dir, file);
    await work(dir, file);
  });
}

/** Expects that a file is refused with the message, by a restore over a project and by one into a new folder. */
async function expectRefused(file: string, dir: string, message: string | RegExp): Promise<void> {
  const before = contentOf(dir);
  const refused: unknown = await restore(file, dir, true).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(InputError);
  expect((refused as Error).message).toMatch(message);
  expect((refused as Error).message).not.toContain("\n");
  expect(contentOf(dir)).toEqual(before);
  await expect(restore(file, `${dir}-new`)).rejects.toThrow(message);
  await expect(Bun.file(`${dir}-new`).stat()).rejects.toThrow("ENOENT");
}

const manifestOf = async (file: string) => (await openBackup(file)).manifest;

test("restoreBackup() refuses a backup that was cut off, wherever", () =>
  withBackup(async (dir, file) => {
    const bytes = readFileSync(file);
    for (const length of [
      bytes.length - 1,
      bytes.length - 64,
      bytes.length - 200,
      bytes.length >> 1,
      200,
      4,
    ]) {
      writeFileSync(`${file}.cut`, bytes.subarray(0, length));
      await expectRefused(`${file}.cut`, dir, /is not a complete backup of tegaki: its end is missing/);
    }
  }));

test("restoreBackup() refuses a backup with one changed byte: 60 of them, anywhere", () =>
  withBackup(async (dir, file) => {
    const bytes = readFileSync(file);
    const random = createRandom(7);
    const before = contentOf(dir);
    const places = [0, 5, 30, bytes.length - 1, bytes.length - 65, bytes.length - 130];
    for (let n = 0; n < 54; n += 1) places.push(Math.floor(random.next() * bytes.length));
    for (const place of places) {
      const changed = Buffer.from(bytes);
      changed[place] = changed[place]! ^ (1 << Math.floor(random.next() * 8));
      writeFileSync(`${file}.changed`, changed);
      await expect(restore(`${file}.changed`, dir, true)).rejects.toThrow(
        /b\.zip\.changed is (?:damaged|not a)/,
      );
    }
    expect(contentOf(dir)).toEqual(before);
  }));

test("restoreBackup() refuses what is no backup: no file, a folder, an empty file, another file, another archive", () =>
  withBackup(async (dir, file) => {
    await expectRefused(`${file}.missing`, dir, /it does not exist/);
    await mkdir(`${file}.folder`);
    await expectRefused(`${file}.folder`, dir, /is not a file/);
    writeFileSync(`${file}.empty`, "");
    await expectRefused(`${file}.empty`, dir, /expected a zip archive, found something else/);
    writeFileSync(`${file}.text`, "hello".repeat(100));
    await expectRefused(`${file}.text`, dir, /expected a zip archive, found something else/);
    await writeSealed(`${file}.other`, { "a.txt": "hello" });
    await expectRefused(`${file}.other`, dir, /it has no manifest\.json/);
  }));

test("restoreBackup() refuses a backup of a newer tegaki, by its format and by its store, and names it", () =>
  withBackup(async (dir, file) => {
    const manifest = await manifestOf(file);
    for (const newer of [{ schema: SCHEMA_VERSION + 1 }, { version: FORMAT_VERSION + 1, files: "unknown" }]) {
      await writeSealed(`${file}.newer`, {
        "manifest.json": JSON.stringify({ ...manifest, tegaki: "7.0.0", ...newer }),
      });
      await expectRefused(
        `${file}.newer`,
        dir,
        /was made by a newer tegaki \(7\.0\.0.*Restore it with that tegaki/,
      );
    }
  }));

test("restoreBackup() refuses names that leave the folder, are listed twice, or are not in the archive", () =>
  withBackup(async (dir, file) => {
    const manifest = await manifestOf(file);
    const sha256 = new Bun.CryptoHasher("sha256").update("x").digest("hex");
    const hostile = [
      "../x",
      "/etc/x",
      "data/../../x",
      "conf/a/../../../x",
      "data\\..\\x",
      "src/x",
      "data/./x",
      "data//x",
    ];
    for (const path of hostile) {
      const files = [...manifest.files, { path, bytes: 1, sha256 }];
      await writeSealed(`${file}.odd`, {
        [path]: "x",
        "manifest.json": JSON.stringify({ ...manifest, files }),
      });
      await expectRefused(
        `${file}.odd`,
        dir,
        /is damaged: Unsafe filename|is not a backup that tegaki can read: manifest\.json/,
      );
    }
    for (const [path, message] of [
      ["data/missing", /data\/missing is not both in it and/],
      ["data/TEGAKI.db", /it lists a file twice/],
    ] as const) {
      const files = [...manifest.files, { path, bytes: 1, sha256 }];
      await writeSealed(`${file}.odd`, {
        "data/tegaki.db": "x",
        "manifest.json": JSON.stringify({ ...manifest, files }),
      });
      await expectRefused(`${file}.odd`, dir, message);
    }
  }));

test("restoreBackup() refuses a file with another hash or more bytes than listed, and a store that is damaged", () =>
  withBackup(async (dir, file) => {
    const manifest = await manifestOf(file);
    const text = JSON.stringify(manifest);
    const store = Buffer.from(readFileSync(join(dir, "data/tegaki.db")));
    const { bytes } = manifest.files[0]!;
    await writeSealed(`${file}.odd`, { "data/tegaki.db": new Uint8Array(bytes), "manifest.json": text });
    await expectRefused(`${file}.odd`, dir, /data\/tegaki\.db does not have the SHA-256 of its manifest/);
    await writeSealed(`${file}.odd`, { "data/tegaki.db": new Uint8Array(bytes + 1), "manifest.json": text });
    await expectRefused(`${file}.odd`, dir, new RegExp(`it has more than ${bytes} bytes`));
    store.fill(0xff, 8192, 16_384);
    const sha256 = new Bun.CryptoHasher("sha256").update(store).digest("hex");
    const files = [{ path: "data/tegaki.db", bytes: store.length, sha256 }];
    await writeSealed(`${file}.odd`, {
      "data/tegaki.db": store,
      "manifest.json": JSON.stringify({ ...manifest, files }),
    });
    await expectRefused(`${file}.odd`, dir, /cannot be restored|is damaged/);
  }));

test("restoreBackup() refuses a folder that is not empty, and names --replace", () =>
  withBackup(async (dir, file) => {
    const before = contentOf(dir);
    await expect(restore(file, dir)).rejects.toMatchObject({
      name: "UsageError",
      message: expect.stringMatching(/is not empty \(it has "data"\).*--replace/),
    });
    expect(contentOf(dir)).toEqual(before);
  }));

test("restoreBackup() restores into the folder that has nothing but the backup itself", () =>
  withBackup(async (_, file) => {
    await withDirectory(async (other) => {
      writeFileSync(join(other, "b.zip"), readFileSync(file));
      const { manifest } = await restore(join(other, "b.zip"), other);
      expect(manifest.counts.samples).toBe(3);
      expect(Object.keys(contentOf(other))).toEqual(["b.zip", "data/tegaki.db"]);
    });
  }));

test("createBackup() refuses a file that exists, a folder, and a project without a store", () =>
  withBackup(async (dir, file) => {
    const before = readFileSync(file);
    await expect(backUp(dir, file)).rejects.toThrow(/it exists\. Choose another name/);
    expect(readFileSync(file).equals(before)).toBe(true);
    await expect(backUp(dir, dir)).rejects.toThrow(/it is a folder\. Name a file in it/);
    await expect(backUp(join(dir, "nowhere"), `${file}.2`)).rejects.toThrow(/it has no data\/tegaki\.db/);
    await expect(Bun.file(`${file}.2`).exists()).resolves.toBe(false);
  }));

test("createBackup() removes what interrupted backups have left in the folder, an hour later, and nothing else", () =>
  withBackup(async (dir, file) => {
    const folder = join(dirname(file), "backups");
    await mkdir(folder);
    const uuid = "0b9f3f0e-6d0c-4c57-9d56-3a1f5e6d7c8b";
    const left = [`.daily-1.zip.${uuid}.partial`, `.daily-1.zip.${uuid}.db.partial`];
    const others = [`.new.zip.${uuid}.partial`, ".mine.partial", "daily-0.zip"];
    for (const name of [...left, ...others]) writeFileSync(join(folder, name), "x");
    const old = new Date(Date.now() - 2 * 3_600_000);
    for (const name of [...left, ".mine.partial", "daily-0.zip"]) utimesSync(join(folder, name), old, old);
    await backUp(dir, join(folder, "b.zip"));
    expect(readdirSync(folder).sort()).toEqual([...others, "b.zip"].sort());
  }));
