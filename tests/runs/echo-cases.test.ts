import { afterAll, expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { RunProject } from "../support/run-project.ts";

const FIXTURES = join(import.meta.dir, "../fixtures/cases/echo");
const fixture = (name: string) => readFile(join(FIXTURES, name), "utf8");
const projects: RunProject[] = [];
afterAll(() => Promise.all(projects.map((project) => project.remove())));

/** Runs the pipeline that writes its parameters to a file. @returns `mine` of that file, or the error. */
async function echo(parameters: string, params?: string): Promise<unknown> {
  const project = await RunProject.create(
    {
      "src/pipelines/echo/pipeline.ts": await fixture("pipeline.ts"),
      "conf/base/catalog.yml": await fixture("catalog.yml"),
      "conf/base/parameters.yml": parameters,
    },
    { pipeline: "echo" },
  );
  projects.push(project);
  const { error } = await project.run({ params });
  if (error !== null) return error.message;
  return (await Bun.file(join(project.dir, "data/08_reporting/echoed.json")).json()).mine;
}

test.each<[string, unknown]>([
  ["mine.s=#ff0000", { s: "#ff0000", list: [1, 2, 3] }],
  ["mine.s=x #1", { s: "x #1", list: [1, 2, 3] }],
  ["mine.s=>5", { s: ">5", list: [1, 2, 3] }],
  ["mine.s=title: one", { s: "title: one", list: [1, 2, 3] }],
  ["mine.list.0=9", { s: "hello", list: [9, 2, 3] }],
  ["mine.list.3=9", expect.stringContaining("the list mine.list has the indices 0 to 2")],
  ["mine.z=9", '--params mine.z: unknown parameter "mine.z". Did you mean "mine.s"?'],
])("a run with --params %s passes exactly that to its node", async (params, expected) => {
  expect(await echo(await fixture("parameters.yml"), params)).toEqual(expected);
});

test("a run passes YAML 1.1 words as text, and as Kedro does when the file is of YAML 1.1", async () => {
  const words = await fixture("parameters-yaml11.yml");
  expect(await echo(words)).toEqual({ a: "off", b: "yes", c: "NO" });
  expect(await echo(`%YAML 1.1\n---\n${words}`)).toEqual({ a: false, b: true, c: false });
});

test("a run passes interpolated values, which --params can change", async () => {
  const interpolated = await fixture("parameters-interp.yml");
  expect(await echo(interpolated)).toEqual({ twice: 5 });
  expect(await echo(interpolated, "base=7")).toEqual({ twice: 7 });
});
