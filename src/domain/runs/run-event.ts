import * as v from "valibot";
import type { Saying } from "../../lib/saying.ts";
import type { ThrownError } from "../../lib/thrown-error.ts";
import { type GateRecord, GateSchema } from "../gate.ts";
import { OptionalSaying } from "../saying.ts";
import type { EndStatus } from "./run.ts";

/** The run and the time of an event. */
interface EventHead {
  runId: string;
  /** ISO 8601, UTC. */
  at: string;
}

/**
 * The reason why a node was skipped. `unchanged`: the cache has its outputs. `same_inputs`: likewise, but found during
 * the run, when its inputs were rebuilt without change. `outputs_exist`: only missing outputs were requested.
 * `finished`: the resumed run has done it. `upstream_failed`: it needs an output of a failed node.
 */
export type SkipCause = "unchanged" | "same_inputs" | "outputs_exist" | "finished" | "upstream_failed";

/** Events of one node of a run, or of the run as a whole. */
export type RunEventBody =
  /** `nodes` are in the order in which they can run. */
  | { type: "run_started"; pipeline: string; nodes: readonly string[] }
  /** The node is number `index` (from 1) of `count`. */
  | { type: "node_started"; node: string; index: number | null; count: number | null }
  /** `durationMs` is that of the function alone. */
  | { type: "node_done"; node: string; durationMs: number | null }
  /** `cause` is null in runs of older releases. */
  | { type: "node_skipped"; node: string; cause: SkipCause | null; reason: string }
  /**
   * `isCancelled`: the node did not fail, but was stopped with the run. `thrown`: what its function threw, and the
   * causes of that; absent when the message says everything, and in runs of older releases.
   */
  | {
      type: "node_failed";
      node: string;
      error: string;
      isCancelled: boolean;
      says?: Saying | undefined;
      thrown?: readonly ThrownError[] | undefined;
    }
  /** `data` is specific to the node; `progressOf` returns how much of its work is done. */
  | { type: "progress"; node: string; data: Readonly<Record<string, unknown>> }
  | { type: "log"; node: string; message: string; says?: Saying | undefined }
  /** The gate's decision about the model that the run registered; `node` made the decision. */
  | {
      type: "gate";
      node: string | null;
      gate: GateRecord;
      modelVersion: number | null;
      isPromoted: boolean;
    }
  /** The server has loaded the run's model, which is now live. */
  | { type: "promoted"; version: number }
  | { type: "run_done"; modelVersion: number | null; isPromoted: boolean }
  /** `says` is the error as data, here and in the other events; older releases did not record it. */
  | { type: "run_failed"; error: string | null; says?: Saying | undefined }
  | { type: "run_cancelled"; error: string | null; says?: Saying | undefined }
  /** An event that this release does not know, or whose data it cannot read; passed on unchanged. */
  | { type: "unknown"; name: string; node: string | null; data: Readonly<Record<string, unknown>> };

/** An event that is not yet stored. */
export type NewRunEvent = EventHead & RunEventBody;

/** A stored event. */
export type RunEvent = NewRunEvent & {
  /** Increases with every event, across all runs. */
  seq: number;
};

/** A feed of run events from every process that writes to the store. */
export interface EventFeed {
  /** Calls the listener for each event. @returns a function that unsubscribes. */
  subscribe(listener: (event: RunEvent) => void): () => void;
}

/** Whether an event is the last one of its run. */
export function endsRun({ type }: RunEventBody): boolean {
  return type === "run_done" || type === "run_failed" || type === "run_cancelled";
}

/** Returns the event that ends a run with this status. */
export function endOfRun(status: EndStatus, error: string | null, says?: Saying): RunEventBody {
  if (status === "done") return { type: "run_done", modelVersion: null, isPromoted: false };
  return { type: status === "failed" ? "run_failed" : "run_cancelled", error, says };
}

/** An event as stored and sent: names in snake_case, everything except type and node in `data`. */
export interface EncodedRunEvent {
  type: string;
  node: string | null;
  data: Record<string, unknown>;
}

/** Returns an event in the form in which it is stored and sent; the inverse of `decodeRunEvent`. */
export function encodeRunEvent(event: RunEventBody): EncodedRunEvent {
  switch (event.type) {
    case "run_started":
      return encoded(event.type, null, { pipeline: event.pipeline, nodes: event.nodes });
    case "node_started":
      return encoded(event.type, event.node, { index: event.index, count: event.count });
    case "node_done":
      return encoded(event.type, event.node, { duration_ms: event.durationMs });
    case "node_skipped":
      return encoded(event.type, event.node, { reason: event.reason, cause: event.cause });
    case "node_failed":
      return encoded(event.type, event.node, {
        ...{ error: event.error, says: event.says, thrown: event.thrown },
        cancelled: event.isCancelled || null,
      });
    case "progress":
      return { type: event.type, node: event.node, data: event.data };
    case "log":
      return encoded(event.type, event.node, { message: event.message, says: event.says });
    case "gate": {
      const { gate, modelVersion, isPromoted } = event;
      return encoded(event.type, event.node, { ...gate, model_version: modelVersion, promoted: isPromoted });
    }
    case "promoted":
      return encoded(event.type, null, { version: event.version });
    case "run_done":
      return {
        type: event.type,
        node: null,
        data: { model_version: event.modelVersion, promoted: event.isPromoted },
      };
    case "run_failed":
    case "run_cancelled":
      return encoded(event.type, null, { error: event.error, says: event.says });
    case "unknown":
      return { type: event.name, node: event.node, data: event.data };
  }
}

/** Omits the fields that are null: a missing field is read as null. */
function encoded(type: string, node: string | null, fields: Record<string, unknown>): EncodedRunEvent {
  const data = Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
  return { type, node, data };
}

/** The stored form of a `ThrownError`. */
export const ThrownErrorSchema = v.object({
  name: v.string(),
  message: v.string(),
  frames: v.array(
    v.object({ call: v.string(), file: v.string(), line: v.number(), column: v.nullable(v.number()) }),
  ),
});

/** Fields that an older release did not record, or recorded differently, are read as null, false or "". */
const numberOrNull = v.fallback(v.nullable(v.pipe(v.number(), v.finite())), null);
const stringOrNull = v.fallback(v.nullable(v.string()), null);
const string = v.fallback(v.string(), "");
const flag = v.fallback(v.boolean(), false);
const CAUSES: readonly SkipCause[] = [
  "unchanged",
  "same_inputs",
  "outputs_exist",
  "finished",
  "upstream_failed",
];
const cause = v.fallback(v.nullable(v.picklist(CAUSES)), null);

const OptionalThrown = v.fallback(v.optional(v.array(ThrownErrorSchema)), undefined);

/** A type of event about the run as a whole: `data` holds these fields. */
function ofRun<Type extends string, Fields extends v.ObjectEntries>(type: Type, fields: Fields) {
  return v.object({ type: v.literal(type), data: v.object(fields) });
}

/** A type of event about one node. */
function ofNode<Type extends string, Fields extends v.ObjectEntries>(type: Type, fields: Fields) {
  return v.object({ type: v.literal(type), node: v.string(), data: v.object(fields) });
}

const EventSchema = v.variant("type", [
  v.pipe(
    ofRun("run_started", { pipeline: string, nodes: v.array(v.string()) }),
    v.transform(({ type, data }) => ({ type, ...data })),
  ),
  v.pipe(
    ofNode("node_started", { index: numberOrNull, count: numberOrNull }),
    v.transform(({ type, node, data }) => ({ type, node, ...data })),
  ),
  v.pipe(
    ofNode("node_done", { duration_ms: numberOrNull }),
    v.transform(({ type, node, data }) => ({ type, node, durationMs: data.duration_ms })),
  ),
  v.pipe(
    ofNode("node_skipped", { cause, reason: string }),
    v.transform(({ type, node, data }) => ({ type, node, ...data })),
  ),
  v.pipe(
    ofNode("node_failed", { error: string, cancelled: flag, says: OptionalSaying, thrown: OptionalThrown }),
    v.transform(({ type, node, data: { cancelled: isCancelled, ...data } }) => ({
      ...{ type, node, isCancelled },
      ...data,
    })),
  ),
  v.object({ type: v.literal("progress"), node: v.string(), data: v.record(v.string(), v.unknown()) }),
  v.pipe(
    ofNode("log", { message: string, says: OptionalSaying }),
    v.transform(({ type, node, data }) => ({ type, node, ...data })),
  ),
  v.pipe(
    v.object({
      type: v.literal("gate"),
      node: v.nullable(v.string()),
      data: v.object({ ...GateSchema.entries, model_version: numberOrNull, promoted: flag }),
    }),
    v.transform(({ type, node, data: { model_version: modelVersion, promoted: isPromoted, ...gate } }) => ({
      ...{ type, node, gate },
      ...{ modelVersion, isPromoted },
    })),
  ),
  v.pipe(
    ofRun("promoted", { version: v.number() }),
    v.transform(({ type, data }) => ({ type, ...data })),
  ),
  v.pipe(
    ofRun("run_done", { model_version: numberOrNull, promoted: flag }),
    v.transform(({ type, data }) => ({
      ...{ type, modelVersion: data.model_version },
      isPromoted: data.promoted,
    })),
  ),
  v.pipe(
    ofRun("run_failed", { error: stringOrNull, says: OptionalSaying }),
    v.transform(({ type, data }) => ({ type, ...data })),
  ),
  v.pipe(
    ofRun("run_cancelled", { error: stringOrNull, says: OptionalSaying }),
    v.transform(({ type, data }) => ({ type, ...data })),
  ),
]);

/**
 * Reads a stored event. Never throws: an event that this release does not know, or cannot read, becomes one of type
 * "unknown", which `encodeRunEvent` writes unchanged.
 */
export function decodeRunEvent(event: EncodedRunEvent): RunEventBody {
  const result = v.safeParse(EventSchema, event);
  return result.success
    ? result.output
    : { type: "unknown", name: event.type, node: event.node, data: event.data };
}
