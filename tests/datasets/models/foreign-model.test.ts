import { afterAll, expect, test } from "bun:test";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localFiles } from "../../../src/datasets/files/file-store.ts";
import { fixedLocation } from "../../../src/datasets/files/versions.ts";
import { MODEL_FILE } from "../../../src/datasets/models/model-files.ts";
import { TfjsModelDataset } from "../../../src/datasets/models/tfjs-model-dataset.ts";
import { templateModel } from "../../support/models.ts";

const root = await mkdtemp(join(tmpdir(), "tegaki-foreign-model-"));
afterAll(() => rm(root, { recursive: true }));

async function folder(name: string, files: readonly string[]): Promise<TfjsModelDataset> {
  const directory = join(root, name);
  await mkdir(directory, { recursive: true });
  for (const file of files) await Bun.write(join(directory, file), "x");
  return new TfjsModelDataset(fixedLocation(directory, localFiles, MODEL_FILE), {});
}
const messageOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: Error) => error.message.replace(root, ""),
  );

test("a TensorFlow SavedModel is refused with one sentence when it is loaded", async () => {
  const model = await folder("saved", ["saved_model.pb", "variables/variables.index", "keras_metadata.pb"]);
  const message =
    "/saved holds a TensorFlow SavedModel (saved_model.pb), which tegaki cannot read. Move the folder away, and run the pipeline that trains it";
  expect(await messageOf(model.load())).toBe(message);
});

test("saving a model never replaces files that tegaki did not write", async () => {
  const files = ["saved_model.pb", "variables/variables.index"];
  const model = await folder("kept", files);
  expect(await messageOf(model.save(templateModel()))).toBe(
    "/kept holds files that tegaki did not write (saved_model.pb, variables). Move them away, or change the filepath in catalog.yml",
  );
  expect((await readdir(join(root, "kept"))).toSorted()).toEqual(["saved_model.pb", "variables"]);
});

test("a model exists when its model.json does: an empty folder, or one of another program, is not one", async () => {
  for (const files of [[], [".gitkeep"], ["saved_model.pb"], ["weights.bin"]]) {
    const model = await folder(`no model ${files.join()}`, files);
    expect([files, await model.exists(), await model.fingerprint()]).toEqual([files, false, null]);
  }
});

test("saving a model replaces an older model of tegaki's, and an empty folder", async () => {
  const model = await folder("ours", [".gitkeep"]);
  await model.save(templateModel(7));
  await model.save(templateModel(9));
  expect((await model.load()).weightData.byteLength).toBe(templateModel(9).weightData.byteLength);
});

test("a file in the place of a model's folder is named as such", async () => {
  await Bun.write(join(root, "pre_model.h5"), "x");
  const model = new TfjsModelDataset(fixedLocation(join(root, "pre_model.h5")), {});
  expect(await messageOf(model.save(templateModel()))).toBe(
    "/pre_model.h5 is a file, and a model is saved as a folder",
  );
});
