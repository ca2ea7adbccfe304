import { expect, test } from "bun:test";
import { Command } from "commander";
import { recordCommands } from "../../src/commands/access/recorded-commands.ts";
import type { Application } from "../../src/commands/application.ts";
import { createProgram } from "../../src/commands/program.ts";

/** A program whose commands do nothing, and what it records. */
function program(fails = false) {
  const recorded: unknown[] = [];
  const record = async ({ dir, action, target }: { dir: string; action: string; target: string | null }) =>
    void recorded.push([dir, action, target]);
  const app = { version: "9.9.9", access: { record } } as unknown as Application;
  const real = createProgram(app, { out: () => {}, err: () => {} } as never);
  const visit = (command: Command): void => {
    command.exitOverride();
    if (command.commands.length === 0 || command.name() === "tegaki") {
      command.action(() => {
        if (fails) throw new Error("no");
      });
    }
    for (const one of command.commands) visit(one);
  };
  visit(real);
  return { run: (line: string) => real.parseAsync(line.split(" "), { from: "user" }), recorded };
}

test.each([
  ["model promote 3", "model.promote", "3"],
  ["model rollback", "model.roll_back", null],
  ["model alias best 3", "model.alias", "best"],
  ["model tag 3 a=b", "model.annotate", "3"],
  ["model note 3 good", "model.annotate", "3"],
  ["model prune", "model.prune", null],
  ["samples import f.csv", "samples.import", null],
  ["samples forget --writer Ann --yes", "samples.forget", null],
  ["scheduler approve 4 --reason ok", "scheduler.approve", "4"],
])("tegaki %s is recorded as %s", async (line, action, target) => {
  const { run, recorded } = program();
  await run(`${line} --dir p`);
  expect(recorded).toEqual([["p", action, target]]);
});

test.each([
  "model alias",
  "model alias best",
  "model tag 3",
  "model note 3",
  "model prune --dry-run",
  "model list",
])("tegaki %s only shows something, and is not recorded", async (line) => {
  const { run, recorded } = program();
  await run(line);
  expect(recorded).toEqual([]);
});

test("a command that fails is not recorded", async () => {
  const { run, recorded } = program(true);
  await expect(run("model promote 3")).rejects.toThrow("no");
  expect(recorded).toEqual([]);
});

test("recordCommands() knows the whole path of a command, not only its last name", async () => {
  const recorded: unknown[] = [];
  const app = {
    access: { record: async (one: unknown) => void recorded.push(one) },
  } as unknown as Application;
  const other = new Command("tegaki");
  recordCommands(other, app);
  other.command("promote").action(() => {});
  await other.parseAsync(["promote"], { from: "user" });
  expect(recorded).toEqual([]);
});
