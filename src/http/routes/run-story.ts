import type { ChartPoint } from "../../../views/charts/series-chart.tsx";
import type { RunNode, RunStoryProps } from "../../../views/fragments/runs/run-story-props.ts";
import type { EpochRow } from "../../../views/fragments/runs/training-curves.tsx";
import { epochsDone, progressOf, type ReadTrainProgress } from "../../domain/runs/node-progress.ts";
import type { RunEvent } from "../../domain/runs/run-event.ts";
import type { Sentence } from "../../lib/saying.ts";

const MAX_LOG_LINES = 200;
/** Limit of points: a chart has no pixels for more. Beyond it every second point is dropped. */
const MAX_POINTS = 400;

/** The state of a run according to its events up to `lastSeq`; `addEvent` adds one. */
export interface RunStory extends RunStoryProps {
  lastSeq: number;
  /** The share of its work that the running node has reported, 0..1; null before a report. */
  share: number | null;
  nodes: RunNode[];
  losses: ChartPoint[];
  learningRates: ChartPoint[];
  speeds: ChartPoint[];
  epochs: EpochRow[];
  log: ({ at: string } & Sentence)[];
}

/** The story of a run without events. */
export function emptyStory(): RunStory {
  return {
    lastSeq: 0,
    share: null,
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

/** Adds one event to the story, in place. */
export function addEvent(story: RunStory, event: RunEvent): void {
  story.lastSeq = event.seq;
  switch (event.type) {
    case "run_started":
      story.nodes = event.nodes.map((name) => ({ name, state: "waiting", durationMs: null }));
      break;
    case "node_started":
      story.share = null;
      setNode(story, { name: event.node, state: "running", durationMs: null });
      break;
    case "node_done":
      setNode(story, { name: event.node, state: "done", durationMs: event.durationMs });
      break;
    case "node_skipped":
      // Nodes after a failed one are reported too: they were not run.
      if (event.cause !== "upstream_failed") {
        setNode(story, { name: event.node, state: "skipped", durationMs: null });
      }
      break;
    case "node_failed":
      setNode(story, { name: event.node, state: "failed", durationMs: null, thrown: event.thrown });
      break;
    case "progress":
      story.share = progressOf(event.data).share ?? story.share;
      addProgress(story, progressOf(event.data).training);
      break;
    case "gate":
      story.gate = event.gate;
      // The gate's event already has a promotion: the server's own event may only arrive after the run has ended.
      if (event.isPromoted) story.promotedVersion = event.modelVersion;
      break;
    case "promoted":
      story.promotedVersion = event.version;
      break;
    case "log":
      addLine(story, event);
      break;
  }
}

function setNode(story: RunStory, node: RunNode): void {
  const index = story.nodes.findIndex(({ name }) => name === node.name);
  if (index === -1) story.nodes.push(node);
  else story.nodes[index] = node;
}

/** Adds a training report to the curves; progress of other kinds is ignored. */
function addProgress(story: RunStory, training: ReadTrainProgress | null): void {
  if (training === null) return;
  const { epoch, epochs, step, steps, loss } = training;
  const done = epochsDone(training);
  const learningRate = training.learning_rate;
  const samplesPerS = training.samples_per_s;
  story.training = { epoch, epochs, progress: Math.min(1, done / epochs), loss, samplesPerS };
  story.bestEpoch = training.best_epoch ?? story.bestEpoch;
  const isEnd = step >= steps;
  // Once an epoch has ended, its mean loss replaces the losses within it.
  const losses = isEnd ? story.losses.filter(({ x }) => x <= epoch - 1) : story.losses;
  story.losses = grown(losses, done, loss);
  story.learningRates = grown(story.learningRates, done, learningRate);
  story.speeds = grown(story.speeds, done, samplesPerS);
  if (!isEnd) return;
  const row: EpochRow = {
    epoch,
    loss,
    valLoss: training.val_loss,
    valAccuracy: training.val_accuracy,
    learningRate,
    samplesPerS,
  };
  story.epochs = [...story.epochs.filter((known) => known.epoch !== epoch), row];
}

function grown(points: ChartPoint[], x: number, y: number | null): ChartPoint[] {
  return y === null ? points : thinned([...points.filter((point) => point.x < x), { x, y }]);
}

/** Drops every second point above the limit, but never the newest one. */
function thinned(points: ChartPoint[]): ChartPoint[] {
  if (points.length <= MAX_POINTS) return points;
  return points.filter((_, i) => i % 2 === 0 || i === points.length - 1);
}

function addLine(story: RunStory, { at, message, says }: { at: string } & Sentence): void {
  story.log.push({ at, message, says });
  if (story.log.length > MAX_LOG_LINES) story.log.shift();
}
