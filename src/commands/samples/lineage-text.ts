import { encodeActor } from "../../domain/actor.ts";
import type { HoldingCopy } from "../../domain/backups/backup.ts";
import type { AffectedModel, ForgetPlan, ForgetResult } from "../../domain/lineage/forgetting.ts";
import type { SampleUse, TrainedModel } from "../../domain/lineage/lineage-store.ts";
import type { SampleChange } from "../../domain/lineage/sample-change.ts";
import { describeLabel } from "../../domain/samples/sample-import.ts";
import type { SampleLineage } from "./lineage.ts";

/** Describes the lineage of a drawing for people, one fact per line. */
export function lineageText({ id, sample, changes, runs, models }: SampleLineage): string {
  const lines = [
    `sample ${id}`,
    ...(sample === null
      ? ["  deleted"]
      : [
          `  label   ${describeLabel(sample)}`,
          `  split   ${sample.split}`,
          `  writer  ${sample.writer ?? "-"}`,
          `  drawn   ${sample.createdAt}`,
        ]),
    "changes",
    ...listed(changes, changeLine),
    "runs",
    ...listed(runs, runLine),
    "models trained on it",
    ...listed(models, modelLine),
  ];
  return `${lines.join("\n")}\n`;
}

/** Describes what forgetting removes, or has removed. */
export function forgetText(plan: ForgetPlan): string {
  const { models, copies } = plan;
  const what = forgettable(plan);
  const lines =
    models.length === 0
      ? [`${what}; no registered model was trained on them`]
      : [`${what}; these models were trained on some of them:`, ...models.map(affectedLine)];
  return `${[...lines, ...copyLines(copies)].join("\n")}\n`;
}

/** Names the drawings, those without a label among them, and the answers as a labeller, where there are any. */
export function forgettable({ drawings, unlabelled, decisions }: ForgetPlan): string {
  const without = unlabelled === 0 ? "" : ` (${unlabelled} without a label)`;
  const answers =
    decisions === 0 ? "" : `${decisions} ${decisions === 1 ? "answer" : "answers"} in the label queue`;
  if (answers === "") return `${count(drawings)}${without}`;
  return drawings === 0 ? answers : `${count(drawings)}${without} and ${answers}`;
}

/** Describes what was removed from files, and what is left to do. */
export function forgottenText(result: ForgetResult): string {
  const { drawings, decisions, exampleImages, files, elsewhere, models, copies } = result;
  const lines = [
    `${forgettable(result)} ${drawings + decisions === 1 ? "is" : "are"} forgotten, with ${exampleImages} example images of runs and all caches`,
    ...files.map((file) => `  removed or rewritten: ${file}`),
    ...elsewhere.map((file) => `  not in the project, clean it yourself: ${file}`),
  ];
  if (models.length > 0) {
    lines.push(
      "The weights of these models keep traces of them:",
      ...models.map(affectedLine),
      "Train without them, from the base model: tegaki run --pipeline tuning --params tuning_initial_model=base",
    );
  }
  return `${[...lines, ...copyLines(copies)].join("\n")}\n`;
}

function copyLines(copies: readonly HoldingCopy[]): string[] {
  if (copies.length === 0) return [];
  return [
    "These copies may still hold them; a restore removes them again:",
    ...copies.map(({ file, keptUntil }) =>
      keptUntil === null ? `  ${file}  until you delete it` : `  ${file}  until ${keptUntil.slice(0, 10)}`,
    ),
  ];
}

function count(drawings: number): string {
  return drawings === 1 ? "1 drawing" : `${drawings} drawings`;
}

function listed<T>(items: readonly T[], line: (item: T) => string): string[] {
  return items.length === 0 ? ["  none"] : items.map((item) => `  ${line(item)}`);
}

function changeLine({ at, actor, action, labelFrom, stateFrom, labelTo, stateTo }: SampleChange): string {
  const by = actor === null ? "unknown" : encodeActor(actor);
  const from = stateFrom === null ? "" : describeLabel({ label: labelFrom, state: stateFrom });
  const to = stateTo === null ? "" : describeLabel({ label: labelTo, state: stateTo });
  const what = { stored: `stored as ${to}`, changed: `${from} -> ${to}`, deleted: `deleted, was ${from}` };
  return `${at}  ${what[action]}  by ${by}`;
}

function runLine({ runId, createdAt, pipeline, side, reason, label, modelVersion }: SampleUse): string {
  const why = reason === null ? "" : ` (${reason})`;
  const model = modelVersion === null ? "" : `  model ${modelVersion}`;
  return `${createdAt}  ${runId}  ${pipeline}  ${side}${why}  as ${label ?? "none of the classes"}${model}`;
}

function modelLine({ version, how, label, inheritedFrom }: TrainedModel): string {
  const as = label ?? "none of the classes";
  if (how === "inherited") return `${version}  through model ${inheritedFrom}`;
  if (how === "not_recorded") return `${version}  perhaps: its run has recorded no data`;
  return how === "trained" ? `${version}  as ${as}` : `${version}  as ${as}, to choose the epoch`;
}

function affectedLine({ version, drawings, inheritedFrom, aliases }: AffectedModel): string {
  const alias = aliases.length === 0 ? "" : `  [${aliases.join(", ")}]`;
  const own = drawings === null ? "perhaps: its run has recorded no data" : count(drawings);
  const how = inheritedFrom === null ? own : `through model ${inheritedFrom}`;
  return `  ${version}  ${how}${alias}`;
}
