import { expect, test } from "bun:test";
import { actorOfRun } from "../../src/runs/actor-of-run.ts";

test("actorOfRun() is the scheduler for its own triggers, and whoever started the run otherwise", () => {
  const kindOf = (trigger: string) => actorOfRun({ trigger }).kind;
  expect(["new_samples", "first_model", "cron", "constructor"].map(kindOf)).toEqual(
    Array(4).fill("schedule"),
  );
  expect(kindOf("cli")).toBe("command_line");
  const startedBy = { kind: "token", name: "ci" } as const;
  expect(actorOfRun({ trigger: "api", startedBy })).toEqual(startedBy);
  expect(["api", "page"].map(kindOf)).toEqual(["local", "local"]);
});
