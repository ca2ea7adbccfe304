import type { ChartPoint } from "../../../views/charts/series-chart.tsx";
import type { RunNode, RunStoryProps } from "../../../views/fragments/run-live.tsx";
import type { EpochRow } from "../../../views/fragments/training-curves.tsx";
import { epochsDone, progressOf, type ReadTrainProgress } from "../../domain/node-progress.ts";
import type { RunEvent } from "../../domain/run-event.ts";

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

/** Adds one event to the story, in place. */
export function tell(story: RunStory, event: RunEvent): void {
  story.lastSeq = event.seq;
  switch (event.type) {
    case "run_started":
      story.nodes = event.nodes.map((name) => ({ name, state: "waiting", durationMs: null }));
      break;
    case "node_started":
      setNode(story, { name: event.node, state: "running", durationMs: null });
      break;
    case "node_done":
      setNode(story, { name: event.node, state: "done", durationMs: event.durationMs });
      break;
    case "node_failed":
      setNode(story, { name: event.node, state: "failed", durationMs: null });
      break;
    case "progress":
      addProgress(story, progressOf(event.data).training);
      break;
    case "gate":
      story.gate = event.gate;
      // A gate that promotes says so itself: the server's own word may come after the run has ended.
      if (event.isPromoted) story.promotedVersion = event.modelVersion;
      break;
    case "promoted":
      story.promotedVersion = event.version;
      break;
    case "log":
      addLine(story, event.at, event.message);
      break;
  }
}

function setNode(story: RunStory, node: RunNode): void {
  const index = story.nodes.findIndex(({ name }) => name === node.name);
  if (index === -1) story.nodes.push(node);
  else story.nodes[index] = node;
}

/** Nodes that say something else about their progress are not drawn. */
function addProgress(story: RunStory, training: ReadTrainProgress | null): void {
  if (training === null) return;
  const { epoch, epochs, step, steps, loss } = training;
  const done = epochsDone(training);
  const learningRate = training.learning_rate;
  const samplesPerS = training.samples_per_s;
  story.training = { epoch, epochs, progress: Math.min(1, done / epochs), loss, samplesPerS };
  story.bestEpoch = training.best_epoch ?? story.bestEpoch;
  const isEnd = step >= steps;
  // Of an epoch that has ended its mean is the loss; what it was on the way there is only of interest until then.
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

/** The newest point always stays. */
function thinned(points: ChartPoint[]): ChartPoint[] {
  if (points.length <= MAX_POINTS) return points;
  return points.filter((_, i) => i % 2 === 0 || i === points.length - 1);
}

function addLine(story: RunStory, at: string, message: string): void {
  story.log.push({ at, message });
  if (story.log.length > MAX_LOG_LINES) story.log.shift();
}
