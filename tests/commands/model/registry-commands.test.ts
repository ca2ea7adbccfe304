import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { modelCommands } from "../../../src/commands/model/registry-commands.ts";
import { ConflictError, InputError, NotFoundError, UsageError } from "../../../src/lib/errors.ts";
import { rejectionOf } from "../../storage/helpers.ts";
import { HOSTILE_ARCHIVES, modelArchive } from "../../support/model-archives.ts";
import { templateModel } from "../../support/models.ts";
import { runtime } from "../../support/run-project.ts";

const models = modelCommands(runtime);
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "tegaki-models-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const newProject = () => mkdtemp(join(root, "project-"));

async function archiveFile(...args: Parameters<typeof modelArchive>): Promise<string> {
  const path = join(await mkdtemp(join(root, "file-")), "model.zip");
  await Bun.write(path, await modelArchive(...args));
  return path;
}

/** A project with versions 1 and 2. */
async function projectWithModels(): Promise<string> {
  const dir = await newProject();
  await models.import({ dir, file: await archiveFile() });
  await models.import({ dir, file: await archiveFile({}, templateModel(10)) });
  return dir;
}

test("import registers a candidate without a verdict, and refuses the same model again", async () => {
  const dir = await newProject();
  const file = await archiveFile();
  expect(await models.import({ dir, file })).toMatchObject({
    ...{ version: 1, state: "candidate", gate: null, metrics: {}, aliases: [] },
  });
  const again = await rejectionOf(models.import({ dir, file }));
  expect(again).toBeInstanceOf(ConflictError);
  expect(again.message).toBe("This model is already registered as version 1");
});

test.each([...HOSTILE_ARCHIVES])(
  "import of an archive with %s is an InputError, and writes nothing",
  async (...hostile) => {
    const [, change, reason] = hostile;
    const dir = await newProject();
    const refused = await rejectionOf(models.import({ dir, file: await archiveFile(change) }));
    expect(refused).toBeInstanceOf(InputError);
    expect(refused.message).toMatch(reason);
    expect(await models.list({ dir })).toEqual([]);
    expect((await readdir(join(dir, "data"))).filter((name) => name === "registry")).toEqual([]);
  },
);

test("import refuses a model with classes that the project does not have, and a file that does not exist", async () => {
  const dir = await newProject();
  const json = (file: { userDefinedMetadata: Record<string, unknown> }) =>
    void Object.assign(file.userDefinedMetadata, { classes: [..."abcdefghij"] });
  const refused = await rejectionOf(models.import({ dir, file: await archiveFile({ json }) }));
  expect(refused).toBeInstanceOf(InputError);
  expect(refused.message).toContain("classes that this project does not have: a, b, c");
  expect(await rejectionOf(models.import({ dir, file: join(root, "none.zip") }))).toBeInstanceOf(InputError);
});

test("export writes an archive that another project imports bit-identical, and replaces no file by itself", async () => {
  const dir = await projectWithModels();
  const file = join(dir, "exported.zip");
  await models.annotate({ dir, model: "2", note: "for *you*", tags: { team: "kanji" } });
  const { bytes } = await models.export({ dir, model: "2", file, isReplacing: false });
  expect((await Bun.file(file).bytes()).length).toBe(bytes);
  expect(await rejectionOf(models.export({ dir, model: "2", file, isReplacing: false }))).toBeInstanceOf(
    UsageError,
  );
  await models.export({ dir, model: "2", file, isReplacing: true });
  const other = await newProject();
  const imported = await models.import({ dir: other, file });
  const [original] = await models.list({ dir });
  expect(imported.sha256).toBe(original!.sha256);
});

test("export of a damaged version, or one whose files are gone, is a ConflictError with the reason", async () => {
  const dir = await projectWithModels();
  const { key } = await models.show({ dir, version: 1 });
  await Bun.write(join(dir, "data", key, "weights.bin"), "short");
  const damaged = await rejectionOf(models.export({ dir, model: "1", isReplacing: false }));
  expect(damaged).toBeInstanceOf(ConflictError);
  expect(damaged.message).toContain("weights.bin: has 5 bytes, but model.json requires 31400");
  await models.delete({ dir, version: 1 });
  const gone = await rejectionOf(models.export({ dir, model: "1", isReplacing: false }));
  expect(gone.message).toContain("were removed");
});

test("alias points names of your own to a version, and takes an alias for a version", async () => {
  const dir = await projectWithModels();
  expect(await models.setAlias({ dir, alias: "stable", model: "1" })).toEqual({ stable: 1 });
  expect(await models.setAlias({ dir, alias: "also", model: "stable" })).toEqual({ also: 1, stable: 1 });
  expect(await models.setAlias({ dir, alias: "also", model: null })).toEqual({ stable: 1 });
  expect(await rejectionOf(models.setAlias({ dir, alias: "also", model: null }))).toBeInstanceOf(
    NotFoundError,
  );
  expect(await rejectionOf(models.setAlias({ dir, alias: "champion", model: "1" }))).toBeInstanceOf(
    InputError,
  );
  const unknown = await rejectionOf(models.setAlias({ dir, alias: "x", model: "stabel" }));
  expect(unknown).toBeInstanceOf(NotFoundError);
  expect(unknown.message).toContain('Did you mean "stable"?');
});

test("promote, rollback and deployments carry the actor of the command line", async () => {
  const dir = await projectWithModels();
  const actor = { kind: "command_line", name: null } as const;
  expect(await models.promote({ dir, version: 1, isForced: true })).toMatchObject({ actor, isForced: true });
  await models.promote({ dir, version: 2, isForced: true });
  expect(await models.rollback({ dir })).toMatchObject({ version: 1, actor, isForced: false });
  const log = await models.deployments({ dir, limit: 10 });
  expect(log.map(({ version, until }) => [version, until === null])).toEqual([
    [1, true],
    [2, false],
    [1, false],
  ]);
});

test("diff compares two versions layer by layer, and says when files cannot be read", async () => {
  const dir = await projectWithModels();
  const diff = await models.diff({ dir, a: "1", b: "2" });
  expect(diff.versions).toEqual([1, 2]);
  // The second has half the weights of the first, and no bias.
  expect(diff.files?.layers).toMatchObject([{ layer: "predictions", weights: 7850 }]);
  expect(diff.files?.layers[0]?.relative).toBeCloseTo(0.5, 5);
  await models.delete({ dir, version: 2 });
  expect(await models.diff({ dir, a: "1", b: "2" })).toMatchObject({
    ...{ files: null, problem: "the files of version 2 were removed" },
  });
  expect(await rejectionOf(models.diff({ dir, a: "1", b: "9" }))).toBeInstanceOf(NotFoundError);
});

test("prune keeps models.keep versions, and a dry run removes nothing", async () => {
  const dir = await projectWithModels();
  await Bun.write(join(dir, "conf/local/server.yml"), "models: { keep: 1 }\n");
  const expected = [{ version: 1, key: (await models.show({ dir, version: 1 })).key }];
  expect(await models.prune({ dir, isDryRun: true })).toEqual(expected);
  expect((await models.show({ dir, version: 1 })).state).toBe("candidate");
  expect(await models.prune({ dir, isDryRun: false })).toEqual(expected);
  expect((await models.show({ dir, version: 1 })).state).toBe("deleted");
  expect(await Bun.file(join(dir, "data", expected[0]!.key, "model.json")).exists()).toBe(false);
});
