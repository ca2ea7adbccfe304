import { afterAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openModelArchive, packArchive } from "../../../src/datasets/models/model-archive.ts";
import { hashModel, writeModelFiles } from "../../../src/datasets/models/model-files.ts";
import { modelFolder } from "../../../src/datasets/models/model-folder.ts";
import { readModelSource } from "../../../src/datasets/models/read-model-source.ts";
import { DatasetError } from "../../../src/engine/errors.ts";
import { checkServable } from "../../../src/serving/check-shapes.ts";
import { rejectionOf } from "../../storage/helpers.ts";
import { HOSTILE_ARCHIVES, modelArchive } from "../../support/model-archives.ts";
import { templateModel } from "../../support/models.ts";

const root = await mkdtemp(join(tmpdir(), "tegaki-archive-"));
afterAll(() => rm(root, { recursive: true }));

const read = async (bytes: Uint8Array) => readModelSource(await openModelArchive(bytes), checkServable);

test("a packed model is read back bit-identical, and packing it again gives the same bytes", async () => {
  const bytes = await modelArchive();
  const { artifacts, sha256 } = await read(bytes);
  expect(artifacts).toEqual(templateModel());
  expect(sha256).toBe(await hashModel(templateModel()));
  expect(await modelArchive()).toEqual(bytes);
});

test("a model in a folder of the archive is found", async () => {
  const source = await openModelArchive(await modelArchive());
  const names = ["model.json", "weights.bin"];
  const contents = await Promise.all(names.map((name) => source.read(name, 1e6)));
  const nested = await packArchive(
    Object.fromEntries(names.map((name, i) => [`digits-7/${name}`, contents[i]!])),
    [],
  );
  expect((await read(nested)).artifacts).toEqual(templateModel());
});

test("a folder is a source, too", async () => {
  const directory = join(root, "folder");
  await writeModelFiles(directory, templateModel());
  expect((await readModelSource(modelFolder(directory), checkServable)).artifacts).toEqual(templateModel());
  const missing = await rejectionOf(readModelSource(modelFolder(join(root, "none")), checkServable));
  expect(missing).toBeInstanceOf(DatasetError);
  expect(missing.message).toContain("model.json: does not exist");
});

test.each([...HOSTILE_ARCHIVES])("an archive with %s is refused", async (_, change, reason) => {
  const refused = await rejectionOf(read(await modelArchive(change)));
  expect(refused.message).toMatch(reason);
});

test("bytes that are not an archive, cut or with a flipped bit, are refused", async () => {
  const bytes = await modelArchive();
  const flipped = bytes.slice();
  flipped[bytes.length >> 1]! ^= 1;
  for (const damaged of [new Uint8Array(0), new TextEncoder().encode("PK"), bytes.slice(0, -30), flipped]) {
    expect(await rejectionOf(read(damaged))).toBeInstanceOf(DatasetError);
  }
});

test("an archive of very many files is refused without reading them", async () => {
  const files = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`${i}`, new Uint8Array(1)]));
  expect((await rejectionOf(read(await packArchive(files, [])))).message).toContain("more than 100 files");
});

test("a bomb takes no more memory than model.json allows: 200 MB of zeros packed into 0.2 MB", async () => {
  const zeros = new Uint8Array(200_000_000);
  const bomb = await packArchive({ "model.json": zeros, "weights.bin": zeros.subarray(0, 4) }, []);
  expect(bomb.length).toBeLessThan(300_000);
  const before = process.memoryUsage().rss;
  const refused = await rejectionOf(read(bomb));
  expect(refused.message).toContain("model.json: has more than 1048576 bytes");
  expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
});

test("an archive that declares a smaller size than it has is refused as it is unpacked", async () => {
  const bytes = await packArchive({ "model.json": new Uint8Array(5_000_000) }, []);
  const lying = bytes.slice();
  const view = new DataView(lying.buffer);
  // The sizes are in the local header and in the directory of the archive, each after its signature.
  for (let at = 0; at + 30 < lying.length; at++) {
    const offset = { 67324752: 22, 33639248: 24 }[view.getUint32(at, true)];
    if (offset !== undefined) view.setUint32(at + offset, 1_000, true);
  }
  const source = await openModelArchive(lying);
  expect(await source.sizeOf("model.json")).toBe(1_000);
  expect(await rejectionOf(source.read("model.json", 2_000))).toBeInstanceOf(DatasetError);
});
