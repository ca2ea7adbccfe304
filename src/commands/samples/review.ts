import { type Command, InvalidArgumentError, Option } from "commander";
import { IN_REVIEW } from "../../domain/samples/review.ts";
import { UsageError } from "../../lib/errors.ts";
import type { Application } from "../application.ts";
import { jsonOption, projectOptions, withProject } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import type { Reviewed, ReviewedSample } from "./review-commands.ts";

/** Adds `tegaki samples pin`, `unpin` and `pinned`. */
export function addPinCommands(samples: Command, app: Application, terminal: Terminal): void {
  for (const name of ["pin", "unpin"] as const) {
    const isPinned = name === "pin";
    withProject(samples.command(name))
      .description(
        isPinned
          ? "keep drawings to evaluate models on: nothing trains on them, and no API, page or import can change them"
          : "release pinned drawings: they can be changed and trained on again",
      )
      .argument("<id...>", "ids of samples")
      .addOption(jsonOption())
      .action(async (ids: string[], options) => {
        const changed = await app.reviews.pin({ ...projectOptions(options), ids, isPinned });
        if (options.json) return terminal.out(`${JSON.stringify(changed)}\n`);
        terminal.out(`${changed.length} ${changed.length === 1 ? "drawing" : "drawings"} ${name}ned\n`);
      });
  }

  withProject(samples.command("pinned"))
    .description("the pinned drawings, oldest first")
    .addOption(jsonOption())
    .action(async (options) => {
      const pinned = await app.reviews.pinned(projectOptions(options));
      if (options.json) return terminal.out(`${JSON.stringify(pinned)}\n`);
      for (const { id, label, writer } of pinned) terminal.out(`${id}  ${label}  ${writer ?? "–"}\n`);
      terminal.err(`${pinned.length} pinned drawings\n`);
    });
}

/** Adds `tegaki samples review`. */
export function addReviewCommands(samples: Command, app: Application, terminal: Terminal): void {
  const review = samples
    .command("review")
    .description("labels that wait for a person; nothing trains on them");

  withProject(review.command("list"))
    .description("labels in review, the least probable first")
    .addOption(
      new Option("--state <state>", "suspect: the model is confident of another class; held: of a held batch")
        .choices(IN_REVIEW)
        .default("suspect"),
    )
    .option("--run <id>", "only labels that this run put into review")
    .option("--limit <n>", "number of labels, 1 to 200 (default: 50)", pageLimit)
    .addOption(jsonOption())
    .action(async (options) => {
      const { counts, samples: found } = await app.reviews.list({
        ...projectOptions(options),
        ...{ state: options.state, runId: options.run, limit: options.limit },
      });
      if (options.json) {
        const { batches, ...rest } = counts;
        const printed = {
          ...rest,
          batches: batches.map(({ runId, ...batch }) => ({ run_id: runId, ...batch })),
        };
        return terminal.out(`${JSON.stringify({ counts: printed, samples: found })}\n`);
      }
      for (const sample of found) terminal.out(`${lineOf(sample)}\n`);
      terminal.err(`${counts.suspect} suspect, ${counts.held} held, ${counts.pinned} pinned\n`);
      for (const { runId, n } of counts.batches) terminal.err(`  run ${runId}: ${n}, as a whole\n`);
    });

  const words = { confirm: "labels are correct: they are trained on again", withdraw: "withdraw labels" };
  for (const action of ["confirm", "withdraw"] as const) {
    withProject(review.command(action))
      .description(words[action])
      .argument("[id...]", "ids of samples")
      .option("--run <id>", "instead of ids: every label that this run has put into review")
      .addOption(jsonOption())
      .action(async (ids: string[], options) => {
        const n = await app.reviews[action]({ ...projectOptions(options), ...reviewed(ids, options.run) });
        if (options.json) return terminal.out(`${JSON.stringify({ n })}\n`);
        terminal.out(
          `${n} ${n === 1 ? "label" : "labels"} ${action === "confirm" ? "confirmed" : "withdrawn"}\n`,
        );
      });
  }
}

/** @throws UsageError unless either ids or a run are given. */
function reviewed(ids: readonly string[], runId: string | undefined): Reviewed {
  if (ids.length > 0 && runId === undefined) return { ids };
  if (ids.length === 0 && runId !== undefined) return { runId };
  throw new UsageError("Expected either ids of samples or --run ID. tegaki samples review list shows both");
}

function lineOf({ id, label, review }: ReviewedSample): string {
  const { reading, p } = review;
  return `${id}  ${label} -> ${reading ?? "?"}  ${p === null ? "" : p.toPrecision(2)}`;
}

function pageLimit(value: string): number {
  const limit = Number(value);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 200) return limit;
  throw new InvalidArgumentError("Expected a whole number from 1 to 200.");
}
