import { afterAll, beforeAll, expect, test } from "bun:test";
import { cp, readdir } from "node:fs/promises";
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
  "dot.ndjson",
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

test("dup.ndjson, in which each drawing is twice, is ten samples", async () => {
  const other = await emptyProject();
  try {
    const file = join(CASES, "dup.ndjson");
    const { out } = await runCommand(other, ["samples", "import", file]);
    expect(out).toStartWith("10 samples imported");
    const exported = (await runCommand(other, ["samples", "export"])).out.trimEnd().split("\n");
    expect(exported).toHaveLength(10);
  } finally {
    await other.remove();
  }
});

test.each([
  [
    "versioned.yml",
    /^tegaki: .*data\/01_raw\/t\.csv is a file; a versioned dataset is a folder of that name\./m,
  ],
  ["winpath.yml", /^tegaki: .*data\\01_raw\\t\.csv.*\//m],
])("a catalog as in %s is refused with exit code 2 before anything runs", async (name, message) => {
  const other = await emptyProject();
  try {
    const write = (path: string, text: string) => Bun.write(join(other.dir, path), text);
    await write("conf/base/catalog.yml", await Bun.file(join(CASES, name)).text());
    await write("data/01_raw/t.csv", "id,name\n1,a\n");
    await write(
      "src/pipelines/count/pipeline.ts",
      `import { node, pipeline } from "tegaki";
export const createPipeline = () =>
  pipeline([node({ name: "count", func: (rows) => rows.length, inputs: "table_in", outputs: "counted" })]);
`,
    );
    const { code, err } = await runCommand(other, ["run", "--pipeline", "count"]);
    expect(err).toMatch(message);
    expect([code, err.includes("    at ")]).toEqual([2, false]);
  } finally {
    await other.remove();
  }
});

/** The tests of the cases that are not in this file. */
const ELSEWHERE: Record<string, string> = {
  echo: "tests/runs/echo-cases.test.ts",
  "epipe.sh": "tests/system/commands.test.ts",
  "long.json": "tests/http/api/ink.test.ts",
};
/** What other cases consist of, or do: the commands of fresh.sh are a test above. */
const PARTS = /labels|^fresh\.sh$/;

test("every case is in a test", async () => {
  const root = join(import.meta.dir, "../..");
  for (const name of await readdir(CASES)) {
    if (PARTS.test(name)) continue;
    const file = join(root, ELSEWHERE[name] ?? "tests/system/cases.test.ts");
    expect(await Bun.file(file).text()).toContain(name);
  }
});
