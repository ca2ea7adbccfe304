import { expect, test } from "bun:test";
import { join } from "node:path";
import { pipelineSources } from "../../src/build/pipeline-sources.ts";
import { createPipelines } from "../../src/pipelines/registry.ts";
import { fakeTraining } from "../pipelines/fake-training.ts";

const ROOT = join(import.meta.dir, "../..");

test("pipelineSources() finds the function of every built-in node, with its comment, file and line", async () => {
  const sources = await pipelineSources(ROOT);
  const nodes = Object.values(createPipelines({ training: fakeTraining().training })).flatMap(
    ({ nodes }) => nodes,
  );
  expect(Object.keys(sources).sort()).toEqual([...new Set(nodes.map(({ name }) => name))].sort());
  for (const { file, line, code } of Object.values(sources)) {
    const lines = (await Bun.file(join(ROOT, file)).text()).split("\n");
    expect(code).toContain(lines[line! - 1]!);
    expect(code).toStartWith("/**");
  }
});
