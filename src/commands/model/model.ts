import type { Command } from "commander";
import { verdictOf } from "../../domain/gate.ts";
import type { Application } from "../application.ts";
import {
  imageFiles,
  jsonOption,
  modelVersion,
  projectOptions,
  withImageFile,
  withProject,
} from "../options.ts";
import type { Terminal } from "../terminal.ts";
import { addAnnotationCommands } from "./annotation-commands.ts";
import { addDeploymentsCommand } from "./deployments-command.ts";
import { evaluationText } from "./evaluation-text.ts";
import { addFileCommands } from "./file-commands.ts";
import type { ModelSummary } from "./registry-commands.ts";
import { addTrialCommands } from "./trials/trials.ts";

/** Adds `tegaki model`. */
export function addModelCommands(program: Command, app: Application, terminal: Terminal): void {
  const model = program.command("model").description("model versions, their aliases and files");

  withProject(model.command("list"))
    .description("all versions, newest first")
    .addOption(jsonOption())
    .action(async (options) => {
      const models = await app.models.list(projectOptions(options));
      if (options.json) return terminal.out(`${JSON.stringify(models)}\n`);
      for (const summary of models) terminal.out(`${modelLine(summary)}\n`);
    });

  withProject(model.command("show"))
    .description("one version, with its metrics and gate")
    .argument("<version>", "model version", modelVersion)
    .addOption(jsonOption())
    .action(async (version: number, options) => {
      const summary = await app.models.show({ ...projectOptions(options), version });
      if (options.json) return terminal.out(`${JSON.stringify(summary)}\n`);
      terminal.out(`${modelLine(summary)}\n  key     ${summary.key}\n  sha256  ${summary.sha256}\n`);
      for (const [key, value] of Object.entries(summary.tags)) terminal.out(`  tag     ${key}=${value}\n`);
      if (summary.note !== null) terminal.out(`  note    ${summary.note.replaceAll("\n", "\n          ")}\n`);
      for (const check of summary.gate?.checks ?? []) {
        terminal.out(`  ${check.passed ? "passed" : "FAILED"}  ${check.name}: ${check.detail}\n`);
      }
    });

  withProject(model.command("promote"))
    .description("make a version the champion, after loading and checking it")
    .argument("<version>", "model version", modelVersion)
    .option("--force", "promote it even if it failed the gate", false)
    .addOption(jsonOption())
    .action(async (version: number, options) => {
      const deployment = await app.models.promote({
        ...projectOptions(options),
        version,
        isForced: options.force,
      });
      terminal.out(
        options.json ? `${JSON.stringify(deployment)}\n` : `Model ${deployment.version} is the champion\n`,
      );
    });

  addTrialCommands(model, app, terminal);

  withProject(model.command("rollback"))
    .description("make the previous champion the champion again")
    .addOption(jsonOption())
    .action(async (options) => {
      const deployment = await app.models.rollback(projectOptions(options));
      terminal.out(
        options.json ? `${JSON.stringify(deployment)}\n` : `Model ${deployment.version} is the champion\n`,
      );
    });

  addDeploymentsCommand(model, app, terminal);
  addAnnotationCommands(model, app, terminal);
  addFileCommands(model, app, terminal);

  withImageFile(withProject(model.command("evaluate")))
    .description("evaluate a model on your own file of labelled images")
    .option(
      "--unknown <file>",
      "drawings of none of the classes (their labels are ignored), to measure how many are flagged",
    )
    .option(
      "--model <model>",
      "a version, an alias, a model directory, or builtin:base (default: the champion)",
    )
    .addOption(jsonOption())
    .action(async (file: string, options) => {
      const summary = await app.models.evaluate({
        ...projectOptions(options),
        ...imageFiles(file, options),
        model: options.model,
        unknown: options.unknown,
        onProgress: (done, total) => terminal.isInteractive && terminal.err(`\r${done}/${total}`),
      });
      if (terminal.isInteractive) terminal.err("\r\u001b[K");
      for (const notice of summary.notices) terminal.err(`${notice}\n`);
      terminal.out(options.json ? `${JSON.stringify(summary)}\n` : evaluationText(summary));
    });
}

function modelLine(model: ModelSummary): string {
  const aliases = model.aliases.length > 0 ? `  [${model.aliases.join(", ")}]` : "";
  const gate = model.gate === null ? "" : `  gate: ${verdictOf(model.gate).replace("_", " ")}`;
  const forced = model.isForced ? "  forced" : "";
  return `${model.version}  ${model.createdAt}  ${model.state}${gate}${forced}${aliases}`;
}
