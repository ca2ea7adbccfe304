import { Presets, SingleBar } from "cli-progress";
import { thrownLines } from "../../lib/thrown-error.ts";
import type { RunReporter } from "../../runs/run-reporter.ts";
import type { Terminal } from "../terminal.ts";

/** Reports the progress of a run to a person: a bar on a terminal, one line per epoch elsewhere. Writes only to `err`. */
export function createRunReporter(terminal: Terminal): RunReporter {
  let bar: SingleBar | null = null;

  const closeBar = () => {
    bar?.stop();
    bar = null;
  };
  const line = (text: string) => {
    closeBar();
    terminal.err(`${text}\n`);
  };

  return {
    warn: (message) => line(`Warning: ${message}`),
    nodeStarted: (node, index, count, reason) =>
      line(`[${index}/${count}] ${node}${reason === undefined ? "" : ` (recomputed: ${reason})`}`),
    nodeDone: (node, durationMs) => line(`  done: ${node} (${(durationMs / 1000).toFixed(1)} s)`),
    nodeFailed: (node, thrown) =>
      line(
        `  failed: ${node}\n${thrownLines(thrown)
          .map((one) => `    ${one}`)
          .join("\n")}`,
      ),
    nodeSkipped: (node, index, count, what) => line(`[${index}/${count}] ${node} ${what}`),
    log: (_node, message) => line(`  ${message}`),
    progress(_node, data) {
      const training = readTraining(data);
      if (training === null) return;
      if (training.isEpochEnd) line(`  ${epochLine(training)}`);
      else if (terminal.isInteractive) {
        bar ??= openBar(training);
        bar.update(training.step, { text: epochLine(training) });
      }
    },
    end: closeBar,
  };
}

interface TrainingLine {
  epoch: number;
  epochs: number;
  step: number;
  steps: number;
  figures: string[];
  isEpochEnd: boolean;
}

function readTraining(data: Record<string, unknown>): TrainingLine | null {
  const { epoch, epochs, step, steps, loss, val_loss, val_accuracy, samples_per_s } = data;
  if (typeof epoch !== "number" || typeof epochs !== "number") return null;
  if (typeof step !== "number" || typeof steps !== "number") return null;
  const figures: string[] = [];
  if (typeof loss === "number") figures.push(`loss ${loss.toFixed(4)}`);
  if (typeof val_loss === "number") figures.push(`val loss ${val_loss.toFixed(4)}`);
  if (typeof val_accuracy === "number") figures.push(`val accuracy ${(100 * val_accuracy).toFixed(2)} %`);
  if (typeof samples_per_s === "number") figures.push(`${samples_per_s.toFixed(0)} samples/s`);
  const isEpochEnd = typeof val_accuracy === "number" || step === steps;
  return { epoch, epochs, step, steps, figures, isEpochEnd };
}

function epochLine({ epoch, epochs, figures }: TrainingLine): string {
  return `epoch ${epoch}/${epochs}  ${figures.join("  ")}`;
}

function openBar({ steps }: TrainingLine): SingleBar {
  const bar = new SingleBar(
    {
      format: "  {bar} {value}/{total}  {text}",
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  bar.start(steps, 0, { text: "" });
  return bar;
}
