import { verdictOf } from "../../domain/gate.ts";
import { type Evaluation, encodeMetrics, setOfChampion } from "../../domain/metrics.ts";
import { BUILTIN_MODEL_KEY, type NamedModel } from "../../domain/model.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";

const SETS: Readonly<Record<string, string>> = {
  mnist_test: "MNIST test set (10,000 scanned digits, not used for training)",
  app_holdout: "Held-out drawings of writers and sessions that were never trained on",
};

/** The card of an exported model, in Markdown: what it is, its figures, its data, its limits, its licence. */
export function modelCard(model: NamedModel, artifacts: ModelArtifacts): string {
  return `${[
    `# ${model.name} ${model.version}`,
    summary(model, artifacts),
    "## Use",
    USE,
    "## Figures",
    figures(model),
    "## Data",
    data(model),
    "## Limits",
    limits(artifacts),
    "## Licence",
    LICENCE,
  ].join("\n\n")}\n`;
}

/** The contents of metrics.json: everything that is known about the version, for programs. */
export function modelRecord(model: NamedModel, { userDefinedMetadata }: ModelArtifacts): object {
  return {
    name: model.name,
    version: model.version,
    sha256: model.sha256,
    created_at: model.createdAt,
    run_id: model.runId,
    parent_version: model.parentVersion,
    aliases: model.aliases,
    tags: model.tags,
    note: model.note,
    classes: userDefinedMetadata.classes,
    verdict: model.gate === null ? null : verdictOf(model.gate),
    metrics: encodeMetrics({ ...model.metrics, gate: model.gate }),
  };
}

function summary(model: NamedModel, { userDefinedMetadata, weightData }: ModelArtifacts): string {
  const { classes, rows, cols, architecture, preprocessing, calibration } = userDefinedMetadata;
  const rows_ = [
    `- Classes: ${classes.map(inline).join(" ")} (one output each, softmax)`,
    `- Input: one ${rows} x ${cols} greyscale image, 0 for paper to 1 for ink, [N, ${rows}, ${cols}, 1]`,
    `- Architecture: ${inline(architecture)}, ${(weightData.byteLength / 4).toLocaleString("en-US")} weights (float32)`,
    `- Preprocessing of drawings: version ${preprocessing} of tegaki`,
    `- Confidence: ${calibration === undefined ? "not calibrated" : `divide the logits by ${calibration.temperature.toFixed(4)} before softmax`}`,
    `- Created: ${model.createdAt}; SHA-256 ${model.sha256}`,
    ...(model.aliases.length === 0 ? [] : [`- Aliases when it was exported: ${model.aliases.join(", ")}`]),
    ...Object.entries(model.tags).map(([key, value]) => `- ${inline(key)}: ${inline(value)}`),
  ];
  return [...(model.note === null ? [] : [quoted(model.note)]), rows_.join("\n")].join("\n\n");
}

const USE = `\`model.json\` and \`weights.bin\` are a tfjs LayersModel: \`await tf.loadLayersModel("file://model.json")\`.
\`tegaki model import FILE\` reads this archive again. \`metrics.json\` has everything on this page for programs.`;

function figures({ metrics, gate }: NamedModel): string {
  const sets = Object.entries(metrics.evaluations).filter(([set]) => setOfChampion(set) === null);
  if (sets.length === 0) return "None: this version was never evaluated. Measure it before you rely on it.";
  const table = [
    "| set | images | accuracy | calibration error | lowest recall |",
    "|---|---:|---:|---:|---|",
    ...sets.map(([set, report]) => `| ${SETS[set] ?? inline(set)} | ${rowOf(report)} |`),
  ];
  const verdict = gate === null ? null : verdictOf(gate);
  const gateWords =
    verdict === null
      ? "The gate of tegaki has not evaluated it."
      : `The gate of tegaki: ${verdict.replace("_", " ")}.`;
  return `${table.join("\n")}\n\n${gateWords}`;
}

function rowOf({ n, accuracy, calibration, per_class = [] }: Evaluation): string {
  const lowest = per_class
    .filter(({ recall }) => recall !== null)
    .toSorted((a, b) => a.recall! - b.recall!)[0];
  return [
    n?.toLocaleString("en-US") ?? "-",
    percent(accuracy),
    calibration === undefined ? "-" : percent(calibration.ece),
    lowest === undefined ? "-" : `${inline(lowest.label)}: ${percent(lowest.recall!)}`,
  ].join(" | ");
}

function data({ key, runId, parentVersion }: NamedModel): string {
  if (key === BUILTIN_MODEL_KEY) {
    return "Trained on MNIST's training images and on synthetic drawings, and on nothing else.";
  }
  if (runId === null) return "Not known: this version was imported.";
  const from =
    parentVersion === null
      ? "Trained from scratch"
      : `Fine-tuned from version ${parentVersion}, whose data it therefore inherits,`;
  return `${from} by run ${inline(runId)} of tegaki, on the labelled drawings of this installation, mixed with MNIST and synthetic drawings where its classes include digits. The drawings are not part of this archive. People who drew them may have a say in whether the model may be passed on.`;
}

function limits({ userDefinedMetadata: { classes, rows, cols, calibration } }: ModelArtifacts): string {
  const flags =
    calibration === undefined
      ? "It was never calibrated, so its confidence is not a probability of being correct, and drawings of no class are not recognised as such."
      : `About ${percent(calibration.rejection.false_alarm_rate)} of genuine drawings are flagged as none of the classes, and some drawings of no class are not flagged.`;
  return [
    `- It knows ${classes.length} classes and answers with one of them for any image.`,
    `- It expects single characters that fill a ${rows} x ${cols} image as tegaki renders them; other renderings lower its accuracy.`,
    `- ${flags}`,
    "- The figures are of the sets above. Other writers, pens and scanners give other figures: measure on your own drawings (`tegaki model evaluate`).",
  ].join("\n");
}

const LICENCE = `tegaki's code is MIT. The weights have no licence of their own: whoever trained this version decides. The built-in model, and every version fine-tuned from it, was trained on MNIST (Y. LeCun, C. Cortes, C. J. C. Burges; CC BY-SA 3.0). Name that source when you publish the model.`;

/** 0.9912 -> "99.12 %", cut: 99.996 % is never 100 %. */
function percent(share: number): string {
  return `${(Math.floor(share * 10_000 + 1e-6) / 100).toFixed(2)} %`;
}

/** A name within a line of Markdown: nothing in it is formatting. */
function inline(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`);
}

function quoted(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => `> ${inline(line)}`)
    .join("\n");
}
