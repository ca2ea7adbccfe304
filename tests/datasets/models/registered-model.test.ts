import { afterAll, expect, test } from "bun:test";
import { mkdtemp, rm, truncate, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashModel, writeModelFiles } from "../../../src/datasets/models/model-files.ts";
import { readRegisteredModel } from "../../../src/datasets/models/registered-model-dataset.ts";
import { DatasetError } from "../../../src/engine/errors.ts";
import { rejectionOf } from "../../storage/helpers.ts";
import { templateModel } from "../../support/models.ts";

const dataDir = await mkdtemp(join(tmpdir(), "tegaki-registered-"));
afterAll(() => rm(dataDir, { recursive: true, force: true }));
const KEY = "06_models/tune_model/v1";
const directory = join(dataDir, KEY);
const file = (name: string) => join(directory, name);
const BUILTIN = { dataDir, builtinModel: () => Promise.reject(new Error("not called")) };

test.each<[string, () => Promise<unknown>]>([
  ["without its folder", () => rm(directory, { recursive: true })],
  ["without model.json", () => unlink(file("model.json"))],
  ["without weights.bin", () => unlink(file("weights.bin"))],
  ["whose weights are cut off", () => truncate(file("weights.bin"), 10)],
  ["whose weights are empty", () => truncate(file("weights.bin"), 0)],
  ["whose model.json is cut off", () => truncate(file("model.json"), 10)],
  ["whose model.json is not UTF-8", () => Bun.write(file("model.json"), new Uint8Array([0xff, 0xfe]))],
  ["whose model.json is other JSON", () => Bun.write(file("model.json"), "[]")],
  [
    "whose weights.bin is a folder",
    () => unlink(file("weights.bin")).then(() => Bun.write(file("weights.bin/x"), "")),
  ],
  ["whose weights have changed", () => changeByte(file("weights.bin"))],
])("a registered model %s is refused, and named by its key only", async (_, damage) => {
  const model = templateModel();
  await writeModelFiles(directory, model);
  const version = { version: 2, key: KEY, sha256: await hashModel(model) };
  expect((await readRegisteredModel(version, BUILTIN)).weightSpecs).toEqual(model.weightSpecs);
  await damage();
  const error = await rejectionOf(readRegisteredModel(version, BUILTIN));
  expect(error).toBeInstanceOf(DatasetError);
  expect(error.message).toContain(KEY);
  expect(error.message).not.toContain(dataDir);
});

async function changeByte(path: string): Promise<void> {
  const bytes = await Bun.file(path).bytes();
  bytes[0]! ^= 1;
  await Bun.write(path, bytes);
}
