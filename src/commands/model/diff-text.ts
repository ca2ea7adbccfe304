import type { ModelDiff, Pair } from "../../model-registry/diff/model-diff.ts";

/** Formats the differences of two versions for a terminal. */
export function diffText(diff: ModelDiff): string {
  const [a, b] = diff.versions;
  const lines = [`${a} -> ${b}`];
  for (const { set, n, accuracy, ece, recall } of diff.sets) {
    const images = n[0] === n[1] ? `${n[0] ?? "?"} images` : `${n[0] ?? "?"} and ${n[1] ?? "?"} images`;
    lines.push("", `${set} (${images})`, `  accuracy           ${shares(accuracy)}`);
    lines.push(`  calibration error  ${shares(ece)}`);
    for (const { label, values } of recall) {
      if (values[0] !== values[1]) lines.push(`  recall of ${label.padEnd(8)} ${shares(values)}`);
    }
  }
  if (diff.sets.length === 0) lines.push("", "They were not evaluated on the same image sets");
  lines.push("", ...dataLines(diff));
  if (diff.files === null) return `${[...lines, "", `Files: ${diff.problem}`].join("\n")}\n`;
  const { classes, architecture, bytes, layers, is_same_architecture } = diff.files;
  if (classes.added.length > 0) lines.push(`classes added: ${classes.added.join(", ")}`);
  if (classes.removed.length > 0) lines.push(`classes removed: ${classes.removed.join(", ")}`);
  const same = is_same_architecture ? "same shapes" : "other shapes";
  lines.push(`architecture: ${architecture[0]} -> ${architecture[1]} (${same})`);
  lines.push(`weights: ${bytes[0]} -> ${bytes[1]} bytes`);
  for (const { layer, weights, changed, relative } of layers) {
    const moved =
      changed === null || relative === null
        ? "not comparable"
        : `${changed} of ${weights} changed, by ${(100 * relative).toFixed(2)} %`;
    lines.push(`  ${layer.padEnd(20)} ${moved}`);
  }
  return `${lines.join("\n")}\n`;
}

function dataLines({ parameters, data }: ModelDiff): string[] {
  const lines = [`runs: ${data.runs[0] ?? "none"} -> ${data.runs[1] ?? "none"}`];
  if (data.more_samples !== null) lines.push(`labelled drawings: ${signed(data.more_samples, 0)}`);
  if (parameters === null) lines.push("parameters: not known");
  for (const { name, values } of parameters ?? []) {
    lines.push(`parameter ${name}: ${JSON.stringify(values[0])} -> ${JSON.stringify(values[1])}`);
  }
  return lines;
}

function shares([a, b]: Pair<number>): string {
  const percent = (share: number | null) => (share === null ? "-" : `${(100 * share).toFixed(2)} %`);
  const change = a === null || b === null ? "" : `  (${signed(100 * (b - a), 2)} points)`;
  return `${percent(a)} -> ${percent(b)}${change}`;
}

function signed(value: number, digits: number): string {
  const rounded = value.toFixed(digits).replace(/^-(0(?:\.0+)?)$/, "$1");
  return Number(rounded) > 0 ? `+${rounded}` : rounded;
}
