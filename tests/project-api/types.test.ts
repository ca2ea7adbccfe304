import { expect, test } from "bun:test";
import { join } from "node:path";
import * as api from "../../src/project-api/tegaki.ts";
import { apiNames, complaintsAbout } from "./type-check.ts";

const assertions = await Bun.file(join(import.meta.dir, "tegaki.types.ts")).text();
const names = apiNames();

test('import … from "tegaki" gives these names, and no others', () => {
  expect(names).toEqual({
    values: ["InputError", "Node", "Pipeline", "PipelineError", "createRandom", "node", "pipeline"],
    types: [
      ...["AppData", "BuiltIn", "CreatePipeline", "EvaluationReport", "ImageSet", "MnistData"],
      ...["ModelArtifacts", "ModularOptions", "NameMapping", "NodeContext", "NodeFunction", "NodeSpec"],
      ...["PipelineFilter", "Random", "Training"],
    ],
  });
});

test("tegaki.d.ts has the values that the program gives, and no others", () => {
  expect(Object.keys(api).sort()).toEqual(names.values);
});

test("tegaki.d.ts accepts what a project may write, and refuses what would fail", () => {
  expect(complaintsAbout({ "src/tegaki.types.ts": assertions })).toEqual([]);
}, 60_000);

test("the type assertions fail when a type changes", () => {
  const changed = assertions.replace("has<string | null>()(one.namespace)", "has<string>()(one.namespace)");
  expect(changed).not.toBe(assertions);
  expect(complaintsAbout({ "src/tegaki.types.ts": changed })).toEqual([
    expect.stringMatching(/^src\/tegaki\.types\.ts:\d+: Expected 3 arguments, but got 1/),
  ]);
}, 60_000);
