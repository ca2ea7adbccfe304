import { expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Config, loadConfig } from "../../src/config/load.ts";
import { modelFromBytes } from "../../src/datasets/models/model-files.ts";
import { createPipelines } from "../../src/pipelines/registry.ts";
import { classesProblem, type LiveModel, modelProblems } from "../../src/runs/check-model.ts";
import type { Training } from "../../src/training/training.ts";
import { project } from "../config/project.ts";
import { BASE } from "../support/base-config.ts";

const folder = join(import.meta.dir, "../../conf/base/model");
const bytes = async (name: string) => new Uint8Array(await readFile(join(folder, name)));
const MODEL: LiveModel = {
  name: "model 3, the champion,",
  artifacts: modelFromBytes(await bytes("model.json"), await bytes("weights.bin"), "base"),
};
const PIPELINES = createPipelines({ training: {} as Training });

async function configOf(parameters: string, catalog = ""): Promise<Config> {
  const dir = await project({ "base/parameters.yml": parameters, "base/catalog.yml": catalog });
  return loadConfig({ base: BASE, dir, environ: {} });
}

async function problemsOf(parameters: string, name = "tuning", model: LiveModel | null = MODEL) {
  const found = modelProblems(await configOf(parameters), PIPELINES[name]!.nodes, model);
  return found.map((problem) => `${problem.name}: ${problem.message}`);
}

test.each(["tuning_layer: 10", "tuning_layer: -1", "tuning_layer: [conv_1, 8]", "tuning_layer: dense"])(
  "modelProblems() takes %s, which the model has",
  async (parameters) => {
    expect(await problemsOf(parameters)).toEqual([]);
    expect(await problemsOf(parameters, "tuning", null)).toEqual([]);
  },
);

test.each<[string, string]>([
  ["tuning_layer: 11", 'tuning_layer: there is no layer 11 among 0 "conv_1"'],
  ["tuning_layer: -12", "tuning_layer: there is no layer -12 among"],
  ["tuning_layer: [dense, dens]", 'tuning_layer: there is no layer "dens" among'],
  ["tuning_layer: flatten", 'tuning_layer: layer "flatten" has no weights to train'],
  ["tuning_layer: []", "tuning_layer: "],
])(
  "modelProblems() refuses %s before a tuning run, by the model or the one to be trained",
  async (parameters, expected) => {
    for (const model of [MODEL, null]) {
      const problems = await problemsOf(parameters, "tuning", model).catch((error: Error) => [error.message]);
      expect(problems).toEqual([expect.stringContaining(expected)]);
    }
    // Training from scratch does not read it.
    if (!parameters.includes("[]")) expect(await problemsOf(parameters, "ds")).toEqual([]);
  },
);

test("modelProblems() refuses an unknown architecture where it is read", async () => {
  expect(await problemsOf("architecture: tegaki_cn", "ds")).toEqual([
    'architecture: Unknown architecture "tegaki_cn": expected one of tegaki_cnn, keras_mnist_cnn. Did you mean "tegaki_cnn"?',
  ]);
});

test("classesProblem() names the classes that the model knows and the project no longer has", async () => {
  const parameters = 'classes: ["0","1","2","3","4","5","6","8"]';
  const expected =
    '"7", "9" cannot be removed, because model 3, the champion, was trained on them. Put them back, or start a new project with tegaki init --classes';
  expect(classesProblem(await configOf(parameters), MODEL)).toEqual({ name: "classes", message: expected });
  expect(await problemsOf(parameters)).toEqual([`classes: ${expected}`]);
  expect(
    classesProblem(await configOf('classes: ["0","1","2","3","4","5","6","7","8","9","x"]'), MODEL),
  ).toBeNull();
  expect(classesProblem(await configOf(parameters), null)).toBeNull();
});

test("modelProblems() does not check a model that only the run knows", async () => {
  expect(await problemsOf("tuning_layer: 99\ntuning_initial_model: pre_model")).toEqual([]);
  const config = await configOf(
    "tuning_layer: 99",
    "model: {type: tfjs_model, filepath: data/06_models/pre_model}\n",
  );
  expect(modelProblems(config, PIPELINES.tuning!.nodes, MODEL)).toEqual([]);
});
