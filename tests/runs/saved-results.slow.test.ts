import { afterAll, beforeAll, expect, test } from "bun:test";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Run, RunNodeRecord } from "../../src/domain/runs/run.ts";
import type { Language } from "../../src/lib/languages.ts";
import { loadProject } from "../../src/project/project.ts";
import { createRunResults } from "../../src/runs/saved-results.ts";
import { RunProject, runtime } from "../support/run-project.ts";

// Saves what the built-in pipeline saves, without training.
const PIPELINE = `import { node, pipeline } from "tegaki";
const SCORES = {
  n: 2, accuracy: 0.5, balanced_accuracy: 0.5, loss: 0.7, classes: ["4", "9"],
  per_class: [], confusion: [[1, 0], [1, 0]],
};
export const createPipeline = () =>
  pipeline([
    node({
      name: "report_without_training",
      func: () => ({
        report: { history: [], best_epoch: 3, mnist_test: SCORES },
        examples: {
          mnist_test: {
            rows: 1, cols: 2, classes: ["4", "9"],
            answers: [{ index: 7, true: 0, predicted: 1, confidence: 0.9 }],
            images: Uint8Array.of(0, 255),
          },
        },
      }),
      inputs: null,
      outputs: { report: "train_report", examples: "train_examples" },
    }),
    node({
      name: "draw_in_own_way",
      func: (report, _examples) => ({ own: true, training: report }),
      inputs: ["train_report", "train_examples"],
      outputs: "train_page",
    }),
  ]);
`;

let project: RunProject;
let own: { run: Run; record: RunNodeRecord };

beforeAll(async () => {
  project = await RunProject.create(
    { "src/pipelines/reporting/pipeline.ts": PIPELINE },
    { pipeline: "reporting" },
  );
  const { error } = await project.run();
  expect(error).toBeNull();
  const run = await project.newestRun();
  await project.withStore(async ({ runs }) => {
    const record = (await runs.nodes(run.id)).find(({ node }) => node === "draw_in_own_way")!;
    own = { run, record };
    // As if the built-in node had saved the same page from the same datasets.
    await runs.create({ id: "built-in", pipeline: "ds", params: {}, trigger: "cli", command: "" });
    await runs.update("built-in", { versions: run.versions });
    await runs.putNode("built-in", { ...record, node: "draw_train_report" });
  });
});
afterAll(() => project.remove());

/** A run's report as a page reads it. The runtime of these tests renders JSON. */
function report(runId: string, language: Language) {
  return project.withStore(async (store) => {
    const results = createRunResults(runtime, await loadProject(runtime, { dir: project.dir }), store);
    expect(await results.hasReport(runId)).toBe(true);
    return JSON.parse(await results.report(runId, language));
  });
}

test("report() renders a run's report in the reader's language from the datasets that its page was made of", async () => {
  expect(await report("built-in", "en")).toMatchObject({ language: "en", report: { own: true } });
  const { examples, ...rest } = (await report("built-in", "ja")).report;
  expect(rest).toMatchObject({
    training: { best_epoch: 3 },
    metrics: { mnist_test: { accuracy: 0.5 } },
    gate: null,
  });
  expect(examples.mnist_test.classes).toEqual(["4", "9"]);
  expect(await report("built-in", "ja")).toMatchObject({
    language: "ja",
    createdAt: own.record.finishedAt,
    version: "0.0.0-test",
  });
});

test("report() is the saved page in every language when the project's own node made it", async () => {
  expect(await report(own.run.id, "ja")).toMatchObject({ language: "en", report: { own: true } });
});

test("report() renders a page that was removed again, without what its datasets no longer have", async () => {
  const { version } = own.record.outputs.find(({ name }) => name === "train_page")!;
  const page = join(project.dir, "data/08_reporting/train_report.html", version!, "train_report.html");
  const saved = await Bun.file(page).bytes();
  await rm(page);
  const rendered = await report("built-in", "en");
  expect(rendered).toMatchObject({ language: "en", report: { training: { best_epoch: 3 } } });
  expect(rendered.report.own).toBeUndefined();
  await Bun.write(page, saved);
});

test("report() is the saved page in every language when a dataset behind it is gone", async () => {
  const { version } = own.record.inputs.find(({ name }) => name === "train_report")!;
  const folder = join(project.dir, "data/08_reporting/train_report.json", version!);
  expect(await readdir(folder)).toHaveLength(1);
  await rm(folder, { recursive: true });
  expect(await report("built-in", "ja")).toMatchObject({ language: "en", report: { own: true } });
});
