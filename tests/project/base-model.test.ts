import { expect, test } from "bun:test";
import { join } from "node:path";
import { hashModel, readModelFiles } from "../../src/datasets/models/model-files.ts";
import type { EvaluationReport } from "../../src/domain/metrics.ts";
import type { BaseModelRecord } from "../../src/project/model-sources.ts";

const DIRECTORY = join(import.meta.dir, "../../conf/base/model");
const record = (await Bun.file(join(DIRECTORY, "record.json")).json()) as BaseModelRecord;

test("the base model's record has the hash of its files", async () => {
  expect(record.sha256).toBe(await hashModel(DIRECTORY));
});

test("the base model reads at least 99.4 % of the 10,000 MNIST test images, and its seed is recorded", async () => {
  const report = record.metrics.mnist_test as EvaluationReport;
  expect(report.n).toBe(10_000);
  expect(report.accuracy).toBeGreaterThanOrEqual(0.994);
  expect((await readModelFiles(DIRECTORY)).userDefinedMetadata).toMatchObject({
    seed: 20261123,
    architecture: "tegaki_cnn",
    classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  });
});
