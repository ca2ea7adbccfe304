import type { RejectionReport } from "../../domain/metrics.ts";
import type { EvaluationSummary } from "./evaluate-file.ts";

/** Formats an evaluation for a terminal: accuracy, recall and precision of each class, confusion matrix. */
export function evaluationText(summary: EvaluationSummary): string {
  const lines = [
    `${summary.file}: ${percent(summary.accuracy)} of ${summary.n} correct, by model ${summary.model.name} ${summary.model.version}`,
  ];
  if (summary.without_suspect) {
    lines.push(
      `without the rows marked suspect: ${percent(summary.without_suspect.accuracy)} of ${summary.without_suspect.n}`,
    );
  }
  if (summary.skipped > 0) lines.push(`${summary.skipped} rows without ink were left out`);
  lines.push(
    `expected calibration error ${percent(summary.calibration.ece)}: the mean gap between confidence and accuracy`,
  );
  if (summary.rejection) lines.push(...rejectionLines(summary.rejection));
  lines.push("", "class       n   recall  precision");
  for (const { label, n, recall, precision } of summary.per_class) {
    lines.push(
      `${label.padEnd(6)} ${String(n).padStart(6)} ${percent(recall).padStart(8)}  ${percent(precision).padStart(9)}`,
    );
  }
  const labels = summary.per_class.map((row) => row.label);
  const width = Math.max(6, ...labels.map((label) => label.length + 1));
  lines.push("", "confusion (row: true class, column: predicted class)");
  lines.push(" ".repeat(width) + labels.map((label) => label.padStart(width)).join(""));
  summary.confusion.forEach((row, k) => {
    lines.push((labels[k] ?? "").padStart(width) + row.map((n) => String(n).padStart(width)).join(""));
  });
  return `${lines.join("\n")}\n`;
}

/** How well drawings of no class are told apart: area under ROC of every score, with the score in use marked. */
function rejectionLines({ known, unknown, auroc, flagged }: RejectionReport): string[] {
  const areas = Object.entries(auroc).map(
    ([name, area]) => `${name}${name === flagged?.score ? " (in use)" : ""} ${area.toFixed(4)}`,
  );
  const lines = [
    "",
    `${unknown} drawings of none of the classes, area under ROC against these ${known}: ${areas.join(", ")}`,
  ];
  if (flagged === null) return [...lines, "the model was never calibrated, so it flags nothing"];
  return [
    ...lines,
    `flagged: ${percent(flagged.unknown)} of them, and ${percent(flagged.known)} of the others by mistake (target on validation images: ${percent(flagged.false_alarm_rate)})`,
    `accuracy on the rest: ${percent(flagged.accuracy_of_rest)}`,
  ];
}

function percent(share: number | null): string {
  return share === null ? "-" : `${(100 * share).toFixed(2)} %`;
}
