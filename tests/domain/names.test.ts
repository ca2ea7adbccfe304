import { expect, test } from "bun:test";
import { join } from "node:path";
import { parse } from "yaml";
import { DATASET } from "../../src/domain/dataset-names.ts";
import { DEFAULT_PIPELINE, LEARNING_PIPELINES } from "../../src/domain/pipeline-names.ts";
import { createPipelines } from "../../src/pipelines/registry.ts";
import type { Training } from "../../src/training/training.ts";

const pipelines = createPipelines({ training: {} as Training });
const catalog = parse(await Bun.file(join(import.meta.dir, "../../conf/base/catalog.yml")).text()) as object;

test("every dataset that the program relies on is one of a built-in pipeline, and is kept by catalog.yml", () => {
  const used = new Set(Object.values(pipelines).flatMap((pipeline) => pipeline.datasets()));
  const names: string[] = Object.values(DATASET);
  expect(names.filter((name) => !used.has(name))).toEqual([]);
  expect(names.filter((name) => !Object.hasOwn(catalog, name))).toEqual([]);
});

test("every pipeline that the program relies on is built in", () => {
  const names: string[] = [DEFAULT_PIPELINE, ...LEARNING_PIPELINES];
  expect(names.filter((name) => !Object.hasOwn(pipelines, name))).toEqual([]);
});
