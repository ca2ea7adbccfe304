import type { Run, RunNodeRecord } from "../domain/runs/run.ts";
import type { RunEvent } from "../domain/runs/run-event.ts";
import type { Store } from "../domain/store.ts";
import type { DatasetFact, GraphFacts, NodeFact, RunChoice, ShownRun } from "./facts.ts";
import { framesOf } from "./frames.ts";
import type { RunFrame } from "./run-frame.ts";

/** Number of newest runs whose records are read. */
const RECENT_RUNS = 10;

/** Reads the last execution of each node, and the last record of each dataset, from the newest runs of any pipeline. */
export async function readFacts(runs: Store["runs"]): Promise<GraphFacts> {
  const recent = (await runs.list({ limit: RECENT_RUNS })).runs;
  // Without a prototype: a node or dataset may be called "__proto__".
  const nodes: Record<string, NodeFact> = Object.create(null);
  const datasets: Record<string, DatasetFact> = Object.create(null);
  // Oldest first, so that newer facts replace older ones.
  for (const { id } of recent.reverse()) {
    for (const record of await runs.nodes(id)) {
      if (record.status === "done") nodes[record.node] = nodeFact(id, record);
      for (const { name, shape, version } of [...record.inputs, ...record.outputs]) {
        datasets[name] = { runId: id, shape, version };
      }
    }
  }
  return { nodes, datasets };
}

function nodeFact(runId: string, { finishedAt, startedAt, durationMs }: RunNodeRecord): NodeFact {
  return { runId, at: finishedAt ?? startedAt ?? new Date(0).toISOString(), durationMs: durationMs ?? 0 };
}

/** A run as an option that the graph offers. */
export function runChoice({ id, status, startedAt, createdAt }: Run): RunChoice {
  return { id, status, at: startedAt ?? createdAt };
}

/** Reads a run with all of its events so far. */
export async function readShownRun(runs: Store["runs"], run: Run): Promise<ShownRun> {
  const events: RunEvent[] = [];
  for (;;) {
    const more = await runs.eventsAfter(events.at(-1)?.seq ?? 0, { runId: run.id });
    if (more.length === 0) break;
    events.push(...more);
  }
  const first = events[0];
  const startMs = first === undefined ? null : Date.parse(first.at);
  return {
    ...runChoice(run),
    error: run.error,
    ...saysOfRun(events, run),
    frames: ended(framesOf(events), run, startMs),
    startMs,
    seq: events.at(-1)?.seq ?? 0,
  };
}

/** The run's error as data, from the event that ended it. */
function saysOfRun(events: readonly RunEvent[], { error }: Run): Pick<ShownRun, "says"> {
  const end = events.findLast((event) => event.type === "run_failed" || event.type === "run_cancelled");
  const says = end?.error === error ? end.says : undefined;
  return says === undefined ? {} : { says };
}

/** Adds the end of a run that ended without reporting it (its process was killed). */
function ended(frames: RunFrame[], { status, finishedAt }: Run, startMs: number | null): RunFrame[] {
  if (finishedAt === null || startMs === null || frames.some(({ type }) => type === "over")) return frames;
  const atMs = Math.max(0, Date.parse(finishedAt) - startMs);
  return [...frames, { atMs, type: "over", node: null, status }];
}
