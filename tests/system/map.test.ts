import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { LOCAL } from "../../src/domain/actor.ts";
import { DATASET } from "../../src/domain/dataset-names.ts";
import { MAP } from "../../src/domain/pipeline-names.ts";
import { decodeDrawingMap } from "../../src/domain/samples/drawing-map.ts";
import { createForgetter } from "../../src/project/forgetting/forgetter.ts";
import { loadProject, openProjectStore } from "../../src/project/project.ts";
import { newSample } from "../storage/helpers.ts";
import { emptyProject, runCommand } from "../support/executable.ts";
import { runtime } from "../support/run-project.ts";
import { handDrawing } from "../support/unseen-hands.ts";

const DRAWINGS = 40;

/** Makes a map with the executable. @returns its file, by a run of the store. */
async function makeMap(project: Awaited<ReturnType<typeof emptyProject>>) {
  const { code, err } = await runCommand(project, ["run", "--pipeline", MAP]);
  expect([code, err]).toEqual([0, expect.any(String)]);
  const folder = join(project.dir, "data/08_reporting/drawing_map.json");
  const versions = await Array.fromAsync(new Bun.Glob("*/drawing_map.json").scan(folder));
  const newest = versions.toSorted().at(-1)!;
  return { folder, map: decodeDrawingMap(await Bun.file(join(folder, newest)).json())! };
}

test("pipeline map gives the same map twice, registers nothing, counts as no training, and never has a forgotten drawing", async () => {
  const project = await emptyProject();
  try {
    const loaded = await loadProject(runtime, { dir: project.dir });
    let store = await openProjectStore(runtime, loaded);
    await store.samples.insertMany(
      Array.from({ length: DRAWINGS }, (_, i) =>
        newSample({
          drawing: handDrawing(i % 10, 900_000 + i),
          label: i % 20 === 19 ? null : String(i % 10),
          writer: i % 4 === 0 ? "ann" : "bob",
        }),
      ),
    );
    const [ann] = (await store.sheet.page({ writer: "ann", limit: 1 })).items;
    await store.close();

    const first = await makeMap(project);
    const second = await makeMap(project);
    expect(first.map.ids).toHaveLength(DRAWINGS);
    expect(first.map.total).toBe(DRAWINGS);
    expect(second.map).toEqual(first.map);
    expect(first.map.ids).toContain(ann!.id);

    store = await openProjectStore(runtime, loaded);
    const run = (await store.runs.list({ pipeline: MAP, status: "done" })).runs[0]!;
    expect(run.modelVersion).toBeNull();
    const nodes = await store.runs.nodes(run.id);
    expect(nodes.map(({ node, status }) => [node, status])).toEqual([
      ["pick_drawings", "done"],
      ["embed_drawings", "done"],
      ["project_drawings", "done"],
    ]);
    const model = nodes.flatMap(({ inputs }) => inputs).find(({ name }) => name === DATASET.model);
    expect(model?.version).toBe("1");
    expect(await store.runs.lastTrained(["tuning", "first"])).toBeNull();
    expect(await store.models.list()).toHaveLength(1);

    const forgetter = createForgetter({
      ...{ place: loaded, store, open: async () => store, isRunning: () => false },
      copiesSince: async () => [],
    });
    const { files } = await forgetter.forget({ writer: "ann" }, LOCAL);
    expect(files).toContain("data/08_reporting/drawing_map.json");
    expect(existsSync(first.folder)).toBe(false);
    await store.close();

    const { map } = await makeMap(project);
    expect(map.ids).toHaveLength((DRAWINGS * 3) / 4);
    expect(map.ids).not.toContain(ann!.id);
  } finally {
    await rm(project.dir, { recursive: true, force: true });
  }
}, 180_000);
