import { afterAll, beforeAll, expect, test } from "bun:test";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { emptyProject, runCommand } from "../support/executable.ts";

const CASES = join(import.meta.dir, "../fixtures/cases");

let project: Awaited<ReturnType<typeof emptyProject>>;
beforeAll(async () => {
  project = await emptyProject();
});
afterAll(() => project.remove());

const tegaki = (...args: string[]) => runCommand(project, args);

test.each([
  "bin.images.idx",
  "inv.images.idx",
  "t10k-images.idx3-ubyte",
  "g-images-idx3-ubyte.gz",
  "p.pkl.gz",
  "train.csv",
  "onehot.pkl",
  "y_col.pkl",
  "y_list.pkl",
  "bom.ndjson",
])("tegaki model evaluate reads all ten digits of %s right", async (name) => {
  const { code, out } = await tegaki("model", "evaluate", join(CASES, name), "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ n: 10, accuracy: 1 });
});

test.each(["keras-seq", "keras-inputlayer"])("tegaki model evaluate reads the model of %s", async (name) => {
  const directory = join(project.dir, name);
  await cp(join(CASES, name), directory, { recursive: true });
  await cp(join(import.meta.dir, "../../conf/base/model/weights.bin"), join(directory, "weights.bin"));
  const { code, out } = await tegaki(
    "model",
    "evaluate",
    join(CASES, "base.ndjson"),
    "--model",
    `./${name}`,
    "--json",
  );
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ n: 10, accuracy: 1 });
});

test("a new folder works in any order: evaluate, import, evaluate, tuning", async () => {
  const base = join(CASES, "base.ndjson");
  const evaluate = async () => JSON.parse((await tegaki("model", "evaluate", base, "--json")).out);
  const before = await evaluate();
  expect(before.model).toEqual({ name: "builtin:base", version: 0 });
  expect((await tegaki("samples", "import", base)).out).toStartWith("10 samples imported");
  expect(await evaluate()).toMatchObject({
    model: { name: "digits", version: 1 },
    accuracy: before.accuracy,
  });
  const tuned = await tegaki("run", "--pipeline", "tuning", "--params", "tuning_epochs=1");
  expect(tuned.code).toBe(0);
  expect(tuned.out).toContain("model 2 registered");
}, 120_000);
