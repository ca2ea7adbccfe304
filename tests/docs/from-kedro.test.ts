import { expect, test } from "bun:test";
import { join } from "node:path";
import type { Command } from "commander";
import ts from "typescript";
import type { Application } from "../../src/commands/application.ts";
import { createProgram } from "../../src/commands/program.ts";
import { kedroAlias } from "../../src/datasets/kedro-types.ts";
import { DATASET_TYPES } from "../../src/datasets/options.ts";
import kedro from "../fixtures/kedro/names.json" with { type: "json" };

/* docs/from-kedro.md lists every public name of Kedro with ours, or "not here". Ours are read from the code. */

const ROOT = join(import.meta.dir, "../..");
const DOC = await Bun.file(join(ROOT, "docs/from-kedro.md")).text();

interface Row {
  section: string;
  /** Kedro's names. */
  kedro: string[];
  here: string;
}

const codeIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);

function rows(): Row[] {
  const found: Row[] = [];
  let section = "";
  for (const line of DOC.slice(DOC.indexOf("## Every public name of Kedro")).split("\n")) {
    section = /^### (.*)/.exec(line)?.[1] ?? section;
    const [, kedro, here] = /^\| (`.*`) \| (.*) \|$/.exec(line) ?? [];
    if (kedro !== undefined) found.push({ section, kedro: codeIn(kedro), here: here! });
  }
  return found;
}
const ROWS = rows();
const isHere = ({ here }: Row) => !here.startsWith("not here");
const rowsOf = (section: string) => ROWS.filter((row) => row.section === section);

const program = createProgram({ version: "" } as Application, {
  out: () => {},
  err: () => {},
  isInteractive: false,
});

/** Whether `tegaki run --pipeline -p` exists: a command, and every flag of it. */
function isCommand(words: string): boolean {
  const [, ...rest] = words.split(" ");
  let command: Command = program;
  const flags = rest.filter((word) => word.startsWith("-"));
  for (const name of rest.filter((word) => !word.startsWith("-"))) {
    const next = command.commands.find((one) => one.name() === name);
    if (next === undefined) return false;
    command = next;
  }
  const text = command.helpInformation();
  // Two letters are not an option of commander's: the program reads them as the long flag, and the help says so.
  return flags.every((flag) => new RegExp(`(^|[\\s(,])${flag}(?=[\\s,)]|$)`, "m").test(text));
}

/** The public members of the classes and interfaces that a project's own pipelines can use. */
const MEMBERS = new Map<string, Set<string>>();
for (const file of ["pipeline", "node", "node-spec", "modular"]) {
  const path = join(ROOT, `src/engine/pipeline/${file}.ts`);
  const source = ts.createSourceFile(path, await Bun.file(path).text(), ts.ScriptTarget.Latest);
  for (const statement of source.statements) {
    if (!ts.isClassDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) continue;
    const members = [...statement.members].flatMap(({ name }) =>
      name && ts.isIdentifier(name) ? [name.text] : [],
    );
    MEMBERS.set(statement.name!.text, new Set(members));
  }
}
const EXPORTS = await Bun.file(join(ROOT, "src/project-api/tegaki.ts")).text();
const isExported = (name: string) => new RegExp(`^export .*\\b${name}\\b`, "m").test(EXPORTS);

/** Whether a class, or a member of it, exists: `Pipeline`, `NodeSpec.tags`. */
function isOfApi(name: string): boolean {
  const [owner, member] = name.split(".");
  return isExported(owner!) && (member === undefined || (MEMBERS.get(owner!)?.has(member) ?? false));
}

const OPTIONS = new Set<string>(["type", "metadata", ...Object.values(DATASET_TYPES).flat()]);

/** Returns the names in the column "here" that the code does not have. */
function unknownIn({ here }: Row): string[] {
  const types = new Set([...here.matchAll(/type `(\w+)`/g)].map(([, type]) => type));
  return codeIn(here).filter((name) => {
    if (types.has(name)) return !Object.hasOwn(DATASET_TYPES, name);
    if (name.startsWith("tegaki ")) return !isCommand(name);
    if (name.startsWith("--")) return !isCommand(`tegaki run ${name}`);
    if (name.endsWith("()")) return !isExported(name.slice(0, -2));
    if (/^[A-Z]/.test(name)) return !isOfApi(name);
    return !/^(src|conf|catalog\.yml)\b/.test(name);
  });
}

test("docs/from-kedro.md has each public name of Kedro once, in its section, and no other", () => {
  const { version, ...sections } = kedro;
  expect(DOC).toContain(`Made from ${version} `);
  expect([...new Set(ROWS.map(({ section }) => section))]).toEqual(Object.keys(sections));
  for (const [section, known] of Object.entries(sections)) {
    const listed = rowsOf(section).flatMap(({ kedro }) => kedro);
    expect({ section, names: listed.toSorted() }).toEqual({ section, names: known.toSorted() });
  }
  expect(Object.values(sections).flat().length).toBeGreaterThan(350);
});

test("every name of ours in the column 'here' exists in the code", () => {
  expect(ROWS.flatMap((row) => unknownIn(row).map((name) => `${row.kedro[0]}: ${name}`))).toEqual([]);
});

test("a command or flag is the same here exactly when we have it", () => {
  const wrong = rowsOf("Commands").flatMap(({ kedro, here }) =>
    kedro.filter((name) => {
      const isOurs = isCommand(name.replace("kedro", "tegaki"));
      return isOurs !== /^(the same|`tegaki --version)/.test(here);
    }),
  );
  expect(wrong).toEqual([]);
});

test("a member of Pipeline or Node is not here exactly when we have none of its name", () => {
  const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  for (const row of rowsOf("Pipelines and nodes")) {
    for (const name of row.kedro.filter(
      (one) => /^(Pipeline|Node)\.[a-z_]+$/.test(one) && !one.includes("__"),
    )) {
      const isOurs = isOfApi(camel(name));
      if (row.here === "the same") expect([name, isOurs]).toEqual([name, true]);
      else if (isOurs) expect([name, row.here]).toEqual([name, `\`${camel(name)}\``]);
      else expect([name, codeIn(row.here)]).not.toEqual([name, [camel(name)]]);
    }
  }
});

test("a key of catalog.yml is the same here exactly when a type of ours has it", () => {
  for (const row of rowsOf("Keys of catalog.yml")) {
    for (const key of row.kedro.filter((one) => /^\w+$/.test(one))) {
      expect([key, row.here === "the same"]).toEqual([key, OPTIONS.has(key)]);
    }
  }
});

test("a dataset type is an alias exactly when the page gives the type that it is", () => {
  for (const row of rowsOf("Dataset types")) {
    for (const type of row.kedro) {
      const alias = kedroAlias("some_data", type);
      expect([type, alias !== null && "type" in alias ? alias.type : null]).toEqual([
        type,
        isHere(row) ? /type `(\w+)`/.exec(row.here)![1]! : null,
      ]);
    }
  }
});
