import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { examplesFormat } from "../../../src/datasets/formats/examples-format.ts";
import { LOCAL } from "../../../src/domain/actor.ts";
import type { ExamplesBySet } from "../../../src/domain/examples.ts";
import type { Run } from "../../../src/domain/runs/run.ts";
import type { Store } from "../../../src/domain/store.ts";
import { ConflictError, NotFoundError } from "../../../src/lib/errors.ts";
import { createForgetter } from "../../../src/project/forgetting/forgetter.ts";
import { loadProject, openProjectStore, type Project } from "../../../src/project/project.ts";
import { newRun, newSample, rejectionOf, withDirectory } from "../../storage/helpers.ts";
import { runtime } from "../../support/run-project.ts";

/** An image of 28 x 28 that only its number has. */
const image = (n: number) => Uint8Array.from({ length: 784 }, (_, i) => (i * n + n) % 251);
const sampleOf = (writer: string, n: number) =>
  newSample({ ...{ writer, pixels: image(n), drawing: null, preprocessing: 99 } });

async function withProject(
  work: (project: Project, store: Store) => Promise<void>,
  conf: Record<string, string> = {},
): Promise<void> {
  await withDirectory(async (dir) => {
    for (const [name, text] of Object.entries(conf)) await Bun.write(join(dir, "conf/local", name), text);
    const project = await loadProject(runtime, { dir });
    const store = await openProjectStore(runtime, project);
    try {
      await work(project, store);
    } finally {
      await store.close();
    }
  });
}

function forgetterOf(project: Project, store: Store, isRunning: (run: Run) => boolean = () => false) {
  return createForgetter({
    place: project,
    store,
    open: async () => store,
    isRunning,
    copiesSince: async () => [],
  });
}

function examples(...images: Uint8Array[]) {
  return {
    ...{ rows: 28, cols: 28, classes: ["4", "9"] },
    answers: images.map((_, index) => ({ index, true: 0, predicted: 1, confidence: 0.5 })),
    images: Buffer.concat(images),
  };
}

/** All files below a directory, as relative paths. */
function filesIn(dir: string): string[] {
  const entries = readdirSync(dir, { recursive: true, encoding: "utf8" });
  return entries.filter((path) => statSync(join(dir, path)).isFile());
}

test("forget() leaves no image of the writer in any file of the project, and those of others", () =>
  withProject(
    async (project, store) => {
      await store.samples.insert(sampleOf("ann", 3));
      await store.samples.insert(sampleOf("bob", 5));
      const v = "2026-01-02T03.04.05.000Z";
      const reporting = join(project.dataDir, "08_reporting");
      const saved = (name: string, version = v) => join(reporting, name, version, name);
      const sets: ExamplesBySet = {
        mnist_test: examples(image(7)),
        // The last one is of an older rendering, which no stored drawing has any longer.
        app_holdout: examples(image(3), image(5), image(11)),
      };
      await Bun.write(saved("examples.json"), examplesFormat().write(sets));
      await Bun.write(saved("tune_report.html"), "<p>the page of these examples</p>");
      await Bun.write(
        saved("train_examples.json", "other"),
        examplesFormat().write({ mnist_test: examples(image(7)) }),
      );
      await Bun.write(saved("train_report.html", "other"), "<p>of MNIST only</p>");
      await Bun.write(join(project.dataDir, "cache/features/x/a.pack"), image(3));
      // A run of the project's own has saved the drawings as a file.
      await Bun.write(join(project.dataDir, "05_model_input/ink.json"), "[]");
      await Bun.write(join(project.dataDir, "05_model_input/other.json"), "[]");
      await store.runs.create(newRun("r"));
      const dataset = (name: string) => ({
        name,
        fingerprint: null,
        version: null,
        type: "list",
        shape: null,
      });
      const node = {
        ...{ node: "n", position: 1, status: "done" as const, startedAt: null, finishedAt: null },
        ...{ durationMs: 1, reason: null },
      };
      await store.runs.putNode("r", { ...node, inputs: [dataset("app_data")], outputs: [dataset("x")] });
      await store.runs.putNode("r", {
        ...node,
        node: "m",
        inputs: [dataset("x")],
        outputs: [dataset("ink")],
      });
      await store.runs.putNode("r", { ...node, node: "o", inputs: [], outputs: [dataset("other")] });

      const result = await forgetterOf(project, store).forget({ writer: "ann" }, LOCAL);

      expect(result).toMatchObject({ drawings: 1, exampleImages: 2, elsewhere: [] });
      expect(result.files.sort()).toEqual([
        "data/05_model_input/ink.json",
        `data/08_reporting/examples.json/${v}/examples.json`,
        `data/08_reporting/tune_report.html/${v}/tune_report.html`,
      ]);
      const left = examplesFormat().read(readFileSync(saved("examples.json"))) as ExamplesBySet;
      expect(left.app_holdout?.answers.map(({ index }) => index)).toEqual([1]);
      expect(left.mnist_test?.answers).toHaveLength(1);
      expect(existsSync(saved("tune_report.html"))).toBe(false);
      expect(existsSync(saved("train_report.html", "other"))).toBe(true);
      expect(existsSync(join(project.dataDir, "cache"))).toBe(false);
      expect(existsSync(join(project.dataDir, "05_model_input/other.json"))).toBe(true);
      const holding = filesIn(project.dir).filter((path) =>
        readFileSync(join(project.dir, path)).includes(image(3)),
      );
      expect(holding).toEqual([]);
      expect(await store.forgetting.unfinished()).toBeNull();
    },
    {
      "catalog.yml": `ink: { type: json, filepath: data/05_model_input/ink.json }
other: { type: json, filepath: data/05_model_input/other.json }
`,
    },
  ));

test("forget() rebuilds the file of samples.append_to without the drawings", () =>
  withProject(
    async (project, store) => {
      await store.samples.insert(sampleOf("ann", 3));
      await store.samples.insert(sampleOf("bob", 5));
      const path = join(project.dir, "data/03_primary/app.pkl");
      const { appendLabels } = await import("../../../src/project/appended-labels.ts");
      await appendLabels(project, store);
      expect(readFileSync(path).includes(image(3))).toBe(true);
      await forgetterOf(project, store).forget({ writer: "ann" }, LOCAL);
      expect(readFileSync(path).includes(image(3))).toBe(false);
      expect(readFileSync(path).includes(image(5))).toBe(true);
    },
    {
      "catalog.yml": "app_data: { type: pickle, filepath: data/03_primary/app.pkl }\n",
      "server.yml": "samples: { append_to: app_data }\n",
    },
  ));

test("a copy of the store from before the forgetting forgets again when it is opened", () =>
  withDirectory(async (dir) => {
    const project = await loadProject(runtime, { dir });
    const database = join(project.dataDir, "tegaki.db");
    const store = await openProjectStore(runtime, project);
    await store.samples.insert(sampleOf("ann", 3));
    await store.samples.insert(sampleOf("bob", 5));
    await store.close();
    const copy = readFileSync(database);
    const again = await openProjectStore(runtime, project);
    await forgetterOf(project, again).forget({ writer: "ann" }, LOCAL);
    await again.close();
    expect(readFileSync(database).includes(image(3))).toBe(false);
    await Bun.write(database, copy);

    const notes: string[] = [];
    const noting = { ...runtime, note: (line: string) => void notes.push(line) };
    const restored = await openProjectStore(noting, project);

    expect(notes).toEqual([
      "1 stored drawings were removed, because they had been forgotten at their writers' request",
    ]);
    expect((await restored.samples.list({})).samples.map(({ writer }) => writer)).toEqual(["bob"]);
    await restored.close();
    expect(readFileSync(database).includes(image(3))).toBe(false);
    expect(readFileSync(database).includes("ann")).toBe(false);
  }));

test("what a crash interrupted is finished when the store is opened next", () =>
  withDirectory(async (dir) => {
    const project = await loadProject(runtime, { dir });
    const store = await openProjectStore(runtime, project);
    await store.samples.insert(sampleOf("ann", 3));
    await store.samples.insert(sampleOf("bob", 5));
    await Bun.write(join(project.dataDir, "cache/features/x/a.pack"), image(3));
    // Only the rows are gone.
    await store.forgetting.forget({ writer: "ann" }, LOCAL, new Uint8Array(32).fill(1));
    await store.close();

    const opened = await openProjectStore(runtime, project);
    expect(await opened.forgetting.unfinished()).toBeNull();
    await opened.close();
    expect(
      filesIn(project.dir).filter((path) => readFileSync(join(project.dir, path)).includes(image(3))),
    ).toEqual([]);
    expect(existsSync(join(project.dataDir, "forgotten.ndjson"))).toBe(true);
  }));

test("forget() is refused while a run is running, and for someone without drawings; nothing is removed", () =>
  withProject(async (project, store) => {
    await store.samples.insert(sampleOf("ann", 3));
    await store.runs.create(newRun("r"));
    await store.runs.update("r", { status: "running", pid: 1 });
    const busy = forgetterOf(project, store, () => true);
    expect(await rejectionOf(busy.forget({ writer: "ann" }, LOCAL))).toBeInstanceOf(ConflictError);
    const error = await rejectionOf(forgetterOf(project, store).forget({ writer: "Ann" }, LOCAL));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error.message).toBe('There are no drawings of writer "Ann"');
    expect(await store.samples.stats()).toMatchObject({ total: 1 });
  }));

test("a damaged line of the list keeps the store closed, and is named", () =>
  withDirectory(async (dir) => {
    const project = await loadProject(runtime, { dir });
    await Bun.write(join(project.dataDir, "forgotten.ndjson"), '{"hash":"12"}\n');
    const error = await rejectionOf(openProjectStore(runtime, project));
    expect(error.message).toContain("forgotten.ndjson: line 1 is damaged");
  }));
