import type { ChartPoint } from "../../../views/charts/series-chart.tsx";
import type { RunNode, RunStoryProps } from "../../../views/fragments/run-live.tsx";
import type { EpochRow } from "../../../views/fragments/training-curves.tsx";
import type { GateCheck, GateRecord } from "../../domain/gate.ts";
import type { RunEvent } from "../../domain/run-event.ts";
import { isRecord, numberOrNull } from "./reports.ts";

const MAX_LOG_LINES = 200;
/** More than a chart has pixels for; then every second one is dropped. */
const MAX_POINTS = 400;

/** What a run's events tell, up to `lastSeq`; grows by `tell`. */
export interface RunStory extends RunStoryProps {
  lastSeq: number;
  nodes: RunNode[];
  losses: ChartPoint[];
  learningRates: ChartPoint[];
  speeds: ChartPoint[];
  epochs: EpochRow[];
  log: { at: string; message: string }[];
}

export function emptyStory(): RunStory {
  return {
    lastSeq: 0,
    nodes: [],
    training: null,
    losses: [],
    learningRates: [],
    speeds: [],
    epochs: [],
    bestEpoch: null,
    gate: null,
    promotedVersion: null,
    log: [],
  };
}

/** Adds one event to the story, in place. Unknown types and missing fields change nothing but `lastSeq`. */
export function tell(story: RunStory, event: RunEvent): void {
  const { type, data } = event;
  story.lastSeq = event.seq;
  if (type === "run_started") story.nodes = namesIn(data.nodes).map(waiting);
  else if (type === "node_started") setNode(story, event, { state: "running", durationMs: null });
  else if (type === "node_done") {
    setNode(story, event, { state: "done", durationMs: numberOrNull(data.duration_ms) });
  } else if (type === "node_failed") setNode(story, event, { state: "failed", durationMs: null });
  else if (type === "progress") addProgress(story, data);
  else if (type === "gate") addGate(story, data);
  else if (type === "promoted") story.promotedVersion = numberOrNull(data.version);
  else if (type === "log") addLine(story, event.at, String(data.message ?? ""));
}

function waiting(name: string): RunNode {
  return { name, state: "waiting", durationMs: null };
}

function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === "string") : [];
}

function setNode(story: RunStory, { node: name }: RunEvent, change: Omit<RunNode, "name">): void {
  if (name === null) return;
  const index = story.nodes.findIndex((node) => node.name === name);
  if (index === -1) story.nodes.push({ name, ...change });
  else story.nodes[index] = { name, ...change };
}

/** A report of the training loop; nodes that say something else about their progress are not drawn. */
function addProgress(story: RunStory, data: Record<string, unknown>): void {
  const epoch = numberOrNull(data.epoch);
  const epochs = numberOrNull(data.epochs);
  const step = numberOrNull(data.step);
  const steps = numberOrNull(data.steps);
  if (epoch === null || epochs === null || step === null || steps === null || steps <= 0) return;
  // Epochs count from 1.
  const epochsDone = Math.max(0, epoch - 1) + Math.min(1, step / steps);
  const loss = numberOrNull(data.loss);
  const learningRate = numberOrNull(data.learning_rate);
  const samplesPerS = numberOrNull(data.samples_per_s);
  const progress = Math.min(1, epochsDone / Math.max(1, epochs));
  story.training = { epoch, epochs, progress, loss, samplesPerS };
  story.bestEpoch = numberOrNull(data.best_epoch) ?? story.bestEpoch;
  const isEnd = step >= steps;
  // Of an epoch that has ended its mean is the loss; what it was on the way there is only of interest until then.
  const losses = isEnd ? story.losses.filter(({ x }) => x <= epoch - 1) : story.losses;
  story.losses = grown(losses, epochsDone, loss);
  story.learningRates = grown(story.learningRates, epochsDone, learningRate);
  story.speeds = grown(story.speeds, epochsDone, samplesPerS);
  if (!isEnd) return;
  const row: EpochRow = {
    epoch,
    loss,
    valLoss: numberOrNull(data.val_loss),
    valAccuracy: numberOrNull(data.val_accuracy),
    learningRate,
    samplesPerS,
  };
  story.epochs = [...story.epochs.filter((known) => known.epoch !== epoch), row];
}

function grown(points: ChartPoint[], x: number, y: number | null): ChartPoint[] {
  return y === null ? points : thinned([...points.filter((point) => point.x < x), { x, y }]);
}

/** The newest point always stays. */
function thinned(points: ChartPoint[]): ChartPoint[] {
  if (points.length <= MAX_POINTS) return points;
  return points.filter((_, i) => i % 2 === 0 || i === points.length - 1);
}

function addLine(story: RunStory, at: string, message: string): void {
  story.log.push({ at, message });
  if (story.log.length > MAX_LOG_LINES) story.log.shift();
}

/** A gate that promotes says so itself: the server's own word may come after the run has ended. */
function addGate(story: RunStory, data: Record<string, unknown>): void {
  story.gate = readGate(data);
  if (data.promoted === true) story.promotedVersion = numberOrNull(data.model_version);
}

/** The decision itself, or inside a field `gate`; null when it is neither. */
function readGate(data: Record<string, unknown>): GateRecord | null {
  const gate = isRecord(data.gate) ? data.gate : data;
  if (typeof gate.passed !== "boolean" || !Array.isArray(gate.checks)) return null;
  const checks = gate.checks.filter(isRecord).map((check) => ({
    name: String(check.name ?? ""),
    passed: check.passed === true,
    detail: String(check.detail ?? ""),
    ...readSaying(check.says),
  }));
  return { passed: gate.passed, checks };
}

/** Older runs say it in words only. */
function readSaying(says: unknown): Pick<GateCheck, "says"> {
  if (!isRecord(says) || typeof says.key !== "string" || !isRecord(says.figures)) return {};
  const figures = Object.entries(says.figures).filter(
    (entry): entry is [string, number | string] =>
      typeof entry[1] === "number" || typeof entry[1] === "string",
  );
  return { says: { key: says.key, figures: Object.fromEntries(figures) } };
}
