import { DATASET } from "../../../../domain/dataset-names.ts";
import { MAP } from "../../../../domain/pipeline-names.ts";
import type { Run } from "../../../../domain/runs/run.ts";
import { type DrawingMap, decodeDrawingMap } from "../../../../domain/samples/drawing-map.ts";
import type { AppDeps } from "../../../deps.ts";

/** The parts of the application that maps are read from. */
export type MapDeps = Pick<AppDeps, "store" | "results">;

/** A map with the run that made it. */
export interface MapOfRun {
  run: Run;
  map: DrawingMap;
  /** The model version that it was made with; null where the run has no record of it. */
  modelVersion: number | null;
}

/** The map of the newest run that has finished one. */
export async function newestMap({ store, results }: MapDeps): Promise<MapOfRun | null> {
  const { runs } = await store.runs.list({ pipeline: MAP, status: "done", limit: 1 });
  const run = runs[0];
  if (run === undefined || results === undefined) return null;
  const map = decodeDrawingMap(await results.drawingMap(run.id));
  return map === null ? null : { run, map, modelVersion: await modelVersionOf(store, run.id) };
}

async function modelVersionOf(store: MapDeps["store"], runId: string): Promise<number | null> {
  const inputs = (await store.runs.nodes(runId)).flatMap((node) => node.inputs);
  const version = inputs.find(({ name }) => name === DATASET.model)?.version ?? null;
  return version === null ? null : Number(version);
}
