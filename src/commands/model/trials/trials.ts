import { type Command, InvalidArgumentError } from "commander";
import { MAX_REPLAY, type ReplayCounts, type ReplayResult } from "../../../domain/trials/replay.ts";
import type { Trial } from "../../../domain/trials/trial.ts";
import type { Application } from "../../application.ts";
import { jsonOption, modelVersion, projectOptions, withProject } from "../../options.ts";
import type { Terminal } from "../../terminal.ts";

const DEFAULT_LAST = 1_000;

/** Adds the subcommands of `tegaki model` for trials and replays. */
export function addTrialCommands(model: Command, app: Application, terminal: Terminal): void {
  const print = (isJson: boolean | undefined, value: unknown, text: string) =>
    terminal.out(`${isJson ? JSON.stringify(value) : text}\n`);

  withProject(model.command("trials"))
    .description("comparisons of two models on labelled drawings, newest first")
    .addOption(jsonOption())
    .action(async (options) => {
      const trials = await app.trials.list(projectOptions(options));
      print(options.json, trials, trials.map(trialLine).join("\n") || "No trials yet");
    });

  withProject(model.command("trial"))
    .description("try a version against the champion, unseen, on the drawings that people label")
    .argument("<version>", "model version", modelVersion)
    .addOption(jsonOption())
    .action(async (version: number, options) => {
      const trial = await app.trials.start({ ...projectOptions(options), version });
      print(options.json, trial, `Trial ${trial.id}: a running server starts it within a second`);
    });

  withProject(model.command("stop-trial"))
    .description("stop a trial without a decision")
    .argument("<id>", "the trial, as `tegaki model trials` lists it", trialId)
    .addOption(jsonOption())
    .action(async (id: number, options) => {
      const trial = await app.trials.stop({ ...projectOptions(options), id });
      print(options.json, trial, `Trial ${trial.id} is stopped`);
    });

  withProject(model.command("replay"))
    .description("classify the newest labelled drawings with a version and with the champion")
    .argument("<version>", "model version", modelVersion)
    .option("--last <n>", `number of drawings, at most ${MAX_REPLAY}`, replayLength, DEFAULT_LAST)
    .addOption(jsonOption())
    .action(async (version: number, options) => {
      const result = await app.trials.replay({ ...projectOptions(options), version, last: options.last });
      print(options.json, result, replayText(result));
    });
}

function trialLine({ id, kind, champion, other, state, outcome, tally }: Trial): string {
  const against = champion === null ? "" : kind === "watch" ? ` watched by ${other}` : ` against ${champion}`;
  const what = kind === "watch" ? `model ${champion ?? "?"}` : `model ${other}`;
  const counts = `${tally.n} labels, ${tally.otherOnly} only model ${other}, ${tally.championOnly} only the champion`;
  return `${id}  ${what}${against}  ${outcome ?? state}  ${counts}`;
}

function replayText(result: ReplayResult): string {
  const { version, champion, n, otherOnly, championOnly, unseen } = result;
  const lines = [
    `Model ${version} against model ${champion} on ${n} drawings: ${otherOnly} won, ${championOnly} lost (p = ${result.p.toPrecision(2)})`,
    `Of ${unseen.n} that it was not trained on: ${unseen.otherOnly} won, ${unseen.championOnly} lost (p = ${unseen.p.toPrecision(2)})`,
    ...Object.entries(result.classes).map(([label, counts]) => classLine(label, counts)),
  ];
  return lines.join("\n");
}

function classLine(label: string, { n, otherOnly, championOnly }: ReplayCounts): string {
  return `  ${label}  ${n} drawings, ${otherOnly} won, ${championOnly} lost`;
}

function trialId(value: string): number {
  if (/^[1-9]\d{0,14}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("Expected a trial: a whole number from 1.");
}

function replayLength(value: string): number {
  const last = Number(value);
  if (/^\d+$/.test(value) && last >= 1 && last <= MAX_REPLAY) return last;
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${MAX_REPLAY}.`);
}
