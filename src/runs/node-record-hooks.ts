import type { RunDataset, RunNodeRecord } from "../domain/runs/run.ts";
import type { Store } from "../domain/store.ts";
import type { DataCatalog } from "../engine/catalog/catalog.ts";
import { isParameter } from "../engine/pipeline/parameters.ts";
import type { Fingerprints } from "../engine/run/fingerprints.ts";
import type { Hooks } from "../engine/run/hooks.ts";
import { entryHash } from "../engine/run/node-identity.ts";
import type { Clock } from "../lib/clock.ts";
import { positionsOf } from "./event-hooks.ts";
import type { RunFailures } from "./run-failures.ts";
import { shapeOf } from "./value-shape.ts";

/** Where records of nodes are kept, and where their values are described. */
export interface NodeRecordOptions {
  store: Pick<Store, "runs">;
  runId: string;
  clock: Clock;
  catalog: DataCatalog;
  fingerprints: Fingerprints;
  failures: RunFailures;
  /** Records of the resumed run, for skipped nodes, by the node's name. */
  saved?: ReadonlyMap<string, Pick<RunNodeRecord, "inputs" | "outputs">>;
}

/** Records each node's inputs, outputs and duration in the store, once when it starts and again when it ends. */
export function nodeRecordHooks({
  store,
  runId,
  clock,
  catalog,
  fingerprints,
  failures,
  saved: savedEarlier,
}: NodeRecordOptions): Hooks {
  let positions = new Map<string, number>();
  const records = new Map<string, RunNodeRecord>();
  const saved = new Map<string, Map<string, unknown>>();
  const now = () => clock.now().toISOString();

  function recordOf(node: string): RunNodeRecord {
    const known = records.get(node);
    if (known !== undefined) return known;
    const made: RunNodeRecord = {
      node,
      position: positions.get(node) ?? 0,
      status: "running",
      startedAt: now(),
      finishedAt: null,
      durationMs: null,
      reason: null,
      inputs: [],
      outputs: [],
    };
    records.set(node, made);
    return made;
  }

  async function end(node: string, change: Partial<RunNodeRecord>): Promise<void> {
    const record = { ...recordOf(node), finishedAt: now(), ...change };
    records.delete(node);
    await store.runs.putNode(runId, record);
  }

  async function describe(name: string, value: unknown): Promise<RunDataset> {
    const shape = shapeOf(value);
    if (isParameter(name)) return { name, fingerprint: null, version: null, ...shape };
    const { version } = catalog.describe(name);
    const entry = catalog.entry(name);
    return {
      name,
      fingerprint: await fingerprints.of(name),
      version: version === undefined || version === null ? null : String(version),
      ...shape,
      ...(entry !== null && { entry: entryHash(entry.config) }),
    };
  }

  return {
    before_pipeline_run({ nodes }) {
      positions = positionsOf(nodes);
    },
    before_dataset_loaded: ({ node }) => void recordOf(node),
    async after_dataset_loaded({ dataset, data, node }) {
      recordOf(node).inputs.push(await describe(dataset, data));
    },
    before_node_run: async ({ node }) => void (await store.runs.putNode(runId, recordOf(node))),
    after_node_run({ node, durationMs }) {
      recordOf(node).durationMs = durationMs;
    },
    after_dataset_saved({ dataset, data, node }) {
      const values = saved.get(node) ?? new Map<string, unknown>();
      saved.set(node, values.set(dataset, data));
    },
    async on_node_saved({ node }) {
      const values = [...(saved.get(node) ?? [])];
      saved.delete(node);
      for (const [dataset, data] of values) recordOf(node).outputs.push(await describe(dataset, data));
      await end(node, { status: "done" });
    },
    on_node_error: ({ node, error }) =>
      end(node, { status: "failed", reason: failures.sentenceOf(error).message }),
    on_node_skipped: ({ node, cause, reason }) =>
      end(node, {
        status: cause === "upstream_failed" ? "not_run" : "skipped",
        startedAt: null,
        finishedAt: null,
        reason,
        inputs: savedEarlier?.get(node)?.inputs ?? [],
        outputs: savedEarlier?.get(node)?.outputs ?? [],
      }),
  };
}
