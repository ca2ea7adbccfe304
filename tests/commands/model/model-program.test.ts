import { expect, test } from "bun:test";
import type { Application } from "../../../src/commands/application.ts";
import type { ModelCommands } from "../../../src/commands/model/registry-commands.ts";
import { runProgram } from "../../../src/commands/program.ts";
import { ConflictError, InputError } from "../../../src/lib/errors.ts";

async function run(argv: string[], models: Partial<ModelCommands>) {
  let [out, err] = ["", ""];
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    isInteractive: false,
  };
  const access = { record: async () => {} };
  const app = { version: "9.9.9", models, access } as unknown as Application;
  const code = await runProgram(["model", ...argv], app, terminal);
  return { code, out, err };
}

test("model alias lists, sets and removes aliases, and refuses half of it with exit code 2", async () => {
  const calls: unknown[] = [];
  const models: Partial<ModelCommands> = {
    aliases: async () => ({ champion: 3 }),
    setAlias: async ({ alias, model }) => {
      calls.push([alias, model]);
      return { champion: 3, stable: 2 };
    },
  };
  expect(await run(["alias"], models)).toMatchObject({ code: 0, out: "champion  3\n" });
  expect((await run(["alias", "stable", "2", "--json"], models)).out).toBe('{"champion":3,"stable":2}\n');
  expect((await run(["alias", "stable", "--remove"], models)).code).toBe(0);
  expect(calls).toEqual([
    ["stable", "2"],
    ["stable", null],
  ]);
  expect((await run(["alias", "stable"], models)).code).toBe(2);
  expect((await run(["alias", "stable", "2", "--remove"], models)).code).toBe(2);
});

test("model tag passes on tags and keys to remove, and refuses a tag without =", async () => {
  const calls: unknown[] = [];
  const models: Partial<ModelCommands> = {
    annotate: async ({ model, tags }) => {
      calls.push([model, tags]);
      return { tags: { a: "1" } } as never;
    },
  };
  expect((await run(["tag", "3", "a=1", "b=x=y", "--remove", "c,d"], models)).out).toBe("a=1\n");
  expect(calls).toEqual([["3", { a: "1", b: "x=y", c: null, d: null }]]);
  expect(await run(["tag", "3", "a"], models)).toMatchObject({ code: 2 });
});

test("model note shows, sets and clears the note", async () => {
  const calls: unknown[] = [];
  const models: Partial<ModelCommands> = {
    annotate: async ({ note }) => {
      calls.push(note);
      return { note: "kept" } as never;
    },
  };
  expect((await run(["note", "3"], models)).out).toBe("kept\n");
  await run(["note", "3", "new text"], models);
  await run(["note", "3", "--clear"], models);
  expect(calls).toEqual([undefined, "new text", null]);
  expect((await run(["note", "3", "x", "--clear"], models)).code).toBe(2);
});

test("model deployments reads --on as a day or a time, and prints who, how and the verdict", async () => {
  const calls: unknown[] = [];
  const models: Partial<ModelCommands> = {
    deployments: async ({ during, limit }) => {
      calls.push([during, limit]);
      return [
        {
          ...{ id: 2, alias: "champion", version: 3, previousVersion: 1, action: "promote", by: "api" },
          ...{ actor: { kind: "token", name: "ci" }, isForced: true, verdict: "rejected", reason: "I know" },
          ...{ createdAt: "2026-01-02T03:04:05.000Z", until: null },
        },
      ];
    },
  };
  const { out, code } = await run(["deployments", "--on", "2026-01-02", "--limit", "3"], models);
  expect(code).toBe(0);
  expect(out).toBe(
    "2026-01-02T03:04:05.000Z  until now  promoted 3 by api (ci), forced, gate: rejected: I know\n",
  );
  expect(calls).toEqual([[{ from: "2026-01-02T00:00:00.000Z", to: "2026-01-03T00:00:00.000Z" }, 3]]);
  for (const wrong of [
    ["--on", "soon"],
    ["--limit", "0"],
  ]) {
    expect((await run(["deployments", ...wrong], models)).code).toBe(2);
  }
});

test("model import exits with 2 for what is not a model, with 1 when it is known, and prints the version", async () => {
  const importing = (answer: () => Promise<never>) => run(["import", "x.zip"], { import: answer });
  expect((await importing(async () => ({ version: 7 }) as never)).out).toContain("Registered as version 7");
  const refused = await importing(() => Promise.reject(new InputError("Cannot import x.zip: no")));
  expect(refused).toMatchObject({ code: 2, err: "tegaki: Cannot import x.zip: no\n" });
  expect((await importing(() => Promise.reject(new ConflictError("known")))).code).toBe(1);
});

test("model prune, delete, export and diff print what they did, also as JSON", async () => {
  const models: Partial<ModelCommands> = {
    prune: async () => [{ version: 2, key: "registry/x" }],
    delete: async () => ({ version: 2 }) as never,
    export: async () => ({ file: "/tmp/x.zip", bytes: 10 }),
    diff: async () => ({
      versions: [1, 2],
      sets: [{ set: "mnist_test", n: [10, 10], accuracy: [0.9, 0.95], ece: [null, 0.1], recall: [] }],
      parameters: [{ name: "epochs", values: [3, 5] }],
      data: { runs: ["a", "b"], more_samples: 12 },
      files: null,
      problem: "gone",
    }),
  };
  expect((await run(["prune", "--dry-run"], models)).out).toBe("2  registry/x  would be removed\n");
  expect((await run(["prune", "--json"], models)).out).toBe(
    '{"dry_run":false,"removed":[{"version":2,"key":"registry/x"}]}\n',
  );
  expect((await run(["delete", "2"], models)).out).toContain("were removed");
  expect((await run(["delete", "x"], models)).code).toBe(2);
  expect((await run(["export", "2"], models)).out).toBe("/tmp/x.zip (10 bytes)\n");
  const { out } = await run(["diff", "1", "2"], models);
  expect(out).toContain("accuracy           90.00 % -> 95.00 %  (+5.00 points)");
  expect(out).toContain("parameter epochs: 3 -> 5");
  expect(out).toContain("labelled drawings: +12");
  expect(out).toContain("Files: gone");
});
