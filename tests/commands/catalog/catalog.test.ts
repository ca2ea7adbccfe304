import { expect, test } from "bun:test";
import type { Application } from "../../../src/commands/application.ts";
import type { CatalogCommands } from "../../../src/commands/catalog/describe-catalog.ts";
import { runProgram } from "../../../src/commands/program.ts";

async function run(argv: string[], catalog: Partial<CatalogCommands>) {
  const printed = { out: "", err: "" };
  const terminal = {
    out: (text: string) => {
      printed.out += text;
    },
    err: (text: string) => {
      printed.err += text;
    },
    isInteractive: false,
  };
  const app = { version: "9.9.9", catalog } as unknown as Application;
  return { code: await runProgram(argv, app, terminal), ...printed };
}

const tuning = { datasets: { json: ["metrics"] }, factories: {}, defaults: { memory: ["test", "train"] } };

test("tegaki catalog describe-datasets prints YAML, or JSON, of the requested pipelines", async () => {
  const asked: unknown[] = [];
  const catalog: Partial<CatalogCommands> = {
    describeDatasets: async (options) => {
      asked.push(options);
      return { tuning };
    },
  };
  const { out } = await run(["catalog", "describe-datasets", "-p", "tuning,ft", "--env", "prod"], catalog);
  expect(out).toBe(
    "tuning:\n  datasets:\n    json:\n      - metrics\n  factories: {}\n  defaults:\n    memory:\n      - test\n      - train\n",
  );
  expect(asked).toEqual([{ dir: ".", env: "prod", params: undefined, pipelines: ["tuning", "ft"] }]);
  const json = await run(["catalog", "describe-datasets", "--json"], catalog);
  expect(JSON.parse(json.out)).toEqual({ tuning });
  expect(asked[1]).toMatchObject({ pipelines: undefined });
});

test("tegaki catalog resolve-patterns prints entries that can be put into catalog.yml", async () => {
  const config = { type: "csv", filepath: "data/a.csv" };
  const catalog = { resolvePatterns: async () => ({ a_data: { config, pattern: "{name}_data" } }) };
  const { out } = await run(["catalog", "resolve-patterns"], catalog);
  expect(out).toBe("a_data:\n  type: csv\n  filepath: data/a.csv\n");
  const json = await run(["catalog", "resolve-patterns", "--json"], catalog);
  expect(JSON.parse(json.out)).toEqual({ a_data: { config, pattern: "{name}_data" } });
});

test("tegaki catalog list-patterns and list-versions print lists", async () => {
  const catalog = { listPatterns: async () => ["{a}_x", "{b}"], listVersions: async () => ["v2", "v1"] };
  expect((await run(["catalog", "list-patterns"], catalog)).out).toBe('- "{a}_x"\n- "{b}"\n');
  expect((await run(["catalog", "list-versions", "pre_model"], catalog)).out).toBe("- v2\n- v1\n");
  expect((await run(["catalog", "list-versions", "pre_model", "--json"], catalog)).out).toBe('["v2","v1"]\n');
});

test("tegaki catalog suggests the command that was meant", async () => {
  const { code, err } = await run(["catalog", "list-pattern"], {});
  expect(code).toBe(2);
  expect(err).toContain("list-patterns");
});
