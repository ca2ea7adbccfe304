import { expect, test } from "bun:test";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

const ROOT = join(import.meta.dir, "..");

/** What a folder may import, beside itself, `lib` and `domain`. `types` names folders of which it may take types only. */
interface Rule {
  imports: readonly string[];
  types?: readonly string[];
}

/**
 * Who may import whom, exactly as it is used: a permission that nobody uses fails as well. Change it on purpose, in a
 * commit of its own. docs/architecture.md says what each folder holds.
 */
const FOLDERS: Readonly<Record<string, Rule>> = {
  lib: { imports: [] },
  domain: { imports: [] },
  engine: { imports: [] },
  config: { imports: [] },
  digits: { imports: [] },
  kernels: { imports: [] },
  scheduler: { imports: [] },
  storage: { imports: [] },
  webhooks: { imports: [] },
  access: { imports: [] },
  "model-registry": { imports: [] },
  monitoring: { imports: ["digits"] },
  learning: { imports: ["model-registry"] },
  labelling: { imports: [] },
  synthesis: { imports: ["digits"] },
  datasets: { imports: ["engine", "digits"] },
  training: { imports: ["digits", "kernels"] },
  serving: { imports: ["digits", "kernels", "training"] },
  trials: { imports: [], types: ["model-registry"] },
  pipelines: { imports: ["engine", "synthesis", "training", "model-registry"] },
  "project-api": { imports: ["engine"], types: ["training", "pipelines"] },
  backup: { imports: ["config", "datasets", "digits", "storage"] },
  project: {
    imports: [
      ...[
        "backup",
        "config",
        "datasets",
        "digits",
        "engine",
        "kernels",
        "model-registry",
        "pipelines",
        "project-api",
      ],
      ...["serving", "storage", "synthesis", "trials"],
    ],
    types: ["training"],
  },
  runs: {
    imports: [
      "config",
      "datasets",
      "engine",
      "kernels",
      "pipelines",
      "project",
      "scheduler",
      "training",
      "trials",
    ],
    types: ["model-registry"],
  },
  graph: { imports: ["engine"] },
  views: { imports: ["graph"], types: ["engine", "model-registry", "scheduler"] },
  http: {
    imports: ["access", "digits", "graph", "serving", "trials", "views"],
    types: ["engine", "learning", "model-registry", "monitoring", "scheduler", "webhooks"],
  },
  server: {
    imports: [
      "access",
      "backup",
      "config",
      "graph",
      "http",
      "labelling",
      "learning",
      "monitoring",
      "project",
      "runs",
      "scheduler",
      "serving",
      "storage",
      "trials",
      "webhooks",
    ],
    types: ["model-registry"],
  },
  commands: {
    imports: [
      ...[
        "access",
        "backup",
        "config",
        "datasets",
        "digits",
        "engine",
        "graph",
        "http",
        "monitoring",
        "project",
        "runs",
        "scheduler",
      ],
      ...["server", "storage", "training", "trials"],
    ],
    types: ["model-registry"],
  },
};

/** Entry points and what makes the build: they put together what the folders offer. */
const UNRULED = new Set(["main", "kernel-worker", "augment-worker", "graph-worker", "store-worker", "build"]);

/** The page's script is bundled for the browser: it may render strokes itself. */
const BROWSER_FOLDER = "views/assets/";

/** Every package, with the folders that may import it. A type counts as an import here as well, but for hono's. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  "@babel/parser": ["project"],
  "@babel/types": ["project"],
  "@dagrejs/dagre": ["graph"],
  "@logtape/logtape": ["server"],
  "@zip.js/zip.js": ["backup", "datasets"],
  "@tensorflow/tfjs-backend-wasm": ["kernels"],
  "@tensorflow/tfjs-core": ["kernels"],
  "@tensorflow/tfjs-layers": ["kernels"],
  assemblyscript: ["build"],
  bun: ["datasets"],
  "bun:sqlite": ["storage"],
  "cli-progress": ["commands"],
  commander: ["commands"],
  croner: ["lib"],
  uqr: ["views"],
  diff: ["config"],
  "csv-parse": ["datasets"],
  "csv-stringify": ["datasets"],
  "d3-scale": ["views"],
  "d3-shape": ["graph", "views"],
  "fast-png": ["datasets", "lib"],
  hono: ["http", "views"],
  marked: ["build"],
  "hono-openapi": ["http"],
  "@valibot/to-json-schema": ["http"],
  "ipaddr.js": ["webhooks"],
  "prom-client": ["monitoring"],
  "pure-rand": ["lib"],
  standardwebhooks: ["webhooks"],
  typescript: ["build"],
  "umap-js": ["pipelines"],
  valibot: ["backup", "config", "datasets", "domain", "http"],
  yaml: ["config", "datasets", "lib"],
};

/** The files that may wait for time: everything else is handed a clock, timers or a stream that paces itself. */
const TIMER_FILES: Readonly<Record<string, string>> = {
  "src/scheduler/timers.ts": "the scheduler's timers, and those of the server's loops",
  "src/engine/run/within-grace.ts": "how long a cancelled node may take to end",
  "src/serving/batcher.ts": "computes together what arrives in one turn of the event loop",
  "src/serving/personal/at-most.ts": "how long a prediction waits for drawings that are not in memory yet",
  "src/serving/predictor.ts": "lets requests in between two computations",
  "src/serving/shadow/idle-turns.ts": "computes when no request has come for a moment",
  "src/training/macrotask.ts": "lets memory go between two steps",
  "src/project/samples/import-rows.ts": "the pause in which other processes get the write lock",
  "src/storage/connection.ts": "when to try again to get the write lock",
  "src/webhooks/send.ts": "how long a receiver may take to answer",
  "src/http/wakeups.ts": "when a stream looks for changes, and keeps a silent connection open",
  "src/server/lock-or-open.ts": "how long a server that already runs may take to respond",
  "src/server/listen.ts": "how long requests may take to end when the server stops",
  "src/server/log/process-log.ts": "how long unread lines of the log may keep a stopped server alive",
};
const TIMERS = /\b(?:setTimeout|setInterval|setImmediate)\(|\bBun\.sleep\(|\bAbortSignal\.timeout\(/;

/** Files directly in one folder; with more, a reader no longer finds one by its name. */
const MAX_FILES = 25;

interface Import {
  specifier: string;
  isTypeOnly: boolean;
}

/** All imports and re-exports of a file, dynamic ones included. Read with TypeScript: Bun's scanner omits `import type`. */
function importsOf(path: string, text: string): Import[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({ specifier: node.moduleSpecifier.text, isTypeOnly: isTypeOnlyImport(node.importClause) });
    } else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier !== undefined &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      found.push({ specifier: node.moduleSpecifier.text, isTypeOnly: node.isTypeOnly });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument !== undefined && ts.isStringLiteral(argument))
        found.push({ specifier: argument.text, isTypeOnly: false });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      if (ts.isStringLiteral(node.argument.literal))
        found.push({ specifier: node.argument.literal.text, isTypeOnly: true });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnlyImport(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  return (
    clause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((element) => element.isTypeOnly)
  );
}

/** "src/http/api/x.ts" -> "http"; "views/pages/x.tsx" -> "views"; "src/main.ts" -> "main". */
function folderOf(path: string): string {
  const parts = path.split("/");
  if (parts[0] === "views") return "views";
  return parts.length > 2 ? parts[1]! : parts[1]!.replace(/\.tsx?$/, "");
}

/** "./x" -> null; "hono/jsx" -> "hono"; "@scope/name/x" -> "@scope/name"; Node's own modules belong to nobody. */
function packageOf(specifier: string): string | null {
  if (specifier.startsWith(".") || specifier.startsWith("node:")) return null;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The file that a relative import leads to, or null when it leads out of src and views. */
function targetOf(file: string, specifier: string): string | null {
  const target = relative(ROOT, resolve(ROOT, dirname(file), specifier)).replaceAll("\\", "/");
  return /^(?:src|views)\//.test(target) ? target : null;
}

/** A permission that an import makes use of: "http imports views", "http takes types of engine". */
type Permission = string;
const permission = (from: string, to: string, isTypeOnly: boolean): Permission =>
  isTypeOnly ? `${from} takes types of ${to}` : `${from} imports ${to}`;

/** What an import makes use of, or why it is not allowed. Both null: it needs no permission. */
function judge(
  file: string,
  { specifier, isTypeOnly }: Import,
): { used: Permission | null; problem: string | null } {
  const from = folderOf(file);
  const name = packageOf(specifier);
  if (name !== null) {
    if (OWNERS[name]?.includes(from)) return { used: permission(from, name, false), problem: null };
    const owners = OWNERS[name]?.join(", ") ?? "nobody: give it an owner in tests/architecture.test.ts";
    return { used: null, problem: `${file} imports ${specifier}, which belongs to ${owners}` };
  }
  const target = specifier.startsWith(".") ? targetOf(file, specifier) : null;
  const rule = FOLDERS[from];
  if (target === null || rule === undefined) return { used: null, problem: null };
  const to = folderOf(target);
  if (to === from || to === "lib" || to === "domain") {
    const isUpward = from === "lib" && to === "domain";
    return { used: null, problem: isUpward ? `${file} imports ${target}: lib imports nothing` : null };
  }
  if (file.startsWith(BROWSER_FOLDER) && to === "digits") return { used: null, problem: null };
  if (rule.imports.includes(to)) return { used: permission(from, to, false), problem: null };
  if (isTypeOnly && rule.types?.includes(to)) return { used: permission(from, to, true), problem: null };
  const may = `${from} may import ${["lib", "domain", ...rule.imports].join(", ")}`;
  const types = rule.types === undefined ? "" : `, and types of ${rule.types.join(", ")}`;
  return { used: null, problem: `${file} imports ${target}: ${may}${types}` };
}

/** Groups of files that lead back to themselves, each named once, in order of their names. */
function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(next)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const cycle = stack.splice(stack.indexOf(file));
    if (cycle.length > 1 || graph.get(file)?.includes(file)) cycles.push(cycle.sort());
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return cycles;
}

const files = (await Array.fromAsync(new Bun.Glob("{src,views}/**/*.{ts,tsx}").scan({ cwd: ROOT })))
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => !file.endsWith(".as.ts") && !file.startsWith("src/project-api/template/"))
  .sort();
const texts = new Map(
  await Promise.all(files.map(async (file) => [file, await Bun.file(join(ROOT, file)).text()] as const)),
);
const imports = new Map([...texts].map(([file, text]) => [file, importsOf(file, text)]));

test("imports in src and views keep to the table, and packages to their owners", () => {
  const judged = [...imports].flatMap(([file, found]) => found.map((each) => judge(file, each)));
  expect(files.length).toBeGreaterThan(400);
  expect(judged.flatMap(({ problem }) => problem ?? [])).toEqual([]);
});

test("every permission of the table and every owner of a package is used", () => {
  const used = new Set([...imports].flatMap(([file, found]) => found.map((each) => judge(file, each).used)));
  const given = [
    ...Object.entries(FOLDERS).flatMap(([from, { imports: may, types = [] }]) => [
      ...may.map((to) => permission(from, to, false)),
      ...types.map((to) => permission(from, to, true)),
    ]),
    ...Object.entries(OWNERS).flatMap(([name, owners]) =>
      owners.map((owner) => permission(owner, name, false)),
    ),
  ];
  expect(given.filter((each) => !used.has(each))).toEqual([]);
});

test("a permission to import is not used for types alone", () => {
  const values = new Set(
    [...imports].flatMap(([file, found]) =>
      found.filter(({ isTypeOnly }) => !isTypeOnly).map((each) => judge(file, each).used),
    ),
  );
  const given = Object.entries(FOLDERS).flatMap(([from, { imports: may }]) =>
    may.map((to) => permission(from, to, false)),
  );
  expect(given.filter((each) => !values.has(each))).toEqual([]);
});

test("no imports form a cycle, not even those of types", () => {
  const graph = new Map(
    [...imports].map(([file, found]) => [
      file,
      found.flatMap(({ specifier }) => (specifier.startsWith(".") ? (targetOf(file, specifier) ?? []) : [])),
    ]),
  );
  expect(cyclesIn(graph)).toEqual([]);
});

test("every folder of src is in the table", () => {
  const known = new Set([...Object.keys(FOLDERS), ...UNRULED]);
  expect([...new Set(files.map(folderOf))].filter((folder) => !known.has(folder))).toEqual([]);
});

test("docs/architecture.md has the same table", async () => {
  const text = await Bun.file(join(ROOT, "docs/architecture.md")).text();
  const rows = [...text.matchAll(/^\| `([\w-]+)` \| .* \| ([^|]+) \|$/gm)].map(([, folder, may]) => {
    const [plain = "", types] = may!.split("; types of ");
    const listed = (names: string) => names.split(", ").filter((name) => /\w/.test(name));
    return [folder, { imports: listed(plain), ...(types === undefined ? {} : { types: listed(types) }) }];
  });
  const sorted = ({ imports: may, types }: Rule) => ({
    imports: may.toSorted(),
    ...(types === undefined ? {} : { types: types.toSorted() }),
  });
  const table = Object.entries(FOLDERS).map(([folder, rule]) => [folder, sorted(rule)]);
  expect(Object.fromEntries(rows.map(([folder, rule]) => [folder, sorted(rule as Rule)]))).toEqual(
    Object.fromEntries(table),
  );
});

test("no folder holds more than 25 files side by side", () => {
  const counts = Map.groupBy(files, (file) => dirname(file));
  const crowded = [...counts].filter(([, inside]) => inside.length > MAX_FILES);
  expect(crowded.map(([folder, inside]) => `${folder}: ${inside.length} files`)).toEqual([]);
});

test("no source lies beside the folders", async () => {
  const glob = new Bun.Glob("*.{ts,tsx,js,jsx,mjs,cjs,sh,py}");
  expect(await Array.fromAsync(glob.scan(ROOT))).toEqual([]);
});

test("only the files with a reason wait for time", () => {
  const waiting = [...texts].filter(
    ([file, text]) =>
      !file.startsWith("views/") && !file.startsWith("src/build/") && TIMERS.test(codeOf(text)),
  );
  expect(waiting.map(([file]) => file)).toEqual(Object.keys(TIMER_FILES).sort());
});

/** A file's text without its comments. */
function codeOf(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
}

test("the checks themselves refuse a sideways import, a forbidden type, a foreign package and a cycle", () => {
  const found = importsOf(
    "src/engine/x.ts",
    `import { a } from "../storage/open.ts"; import type { B } from "../http/deps.ts"; await import("bun:sqlite");
     import chalk from "chalk"; import type { C } from "../domain/run.ts";`,
  );
  const problems = found.map((each) => judge("src/engine/x.ts", each).problem);
  expect(problems).toEqual([
    "src/engine/x.ts imports src/storage/open.ts: engine may import lib, domain",
    "src/engine/x.ts imports src/http/deps.ts: engine may import lib, domain",
    "src/engine/x.ts imports bun:sqlite, which belongs to storage",
    "src/engine/x.ts imports chalk, which belongs to nobody: give it an owner in tests/architecture.test.ts",
    null,
  ]);
  const asType = { specifier: "../src/scheduler/status.ts", isTypeOnly: true };
  expect(judge("views/x.tsx", asType)).toEqual({ used: "views takes types of scheduler", problem: null });
  expect(judge("views/x.tsx", { ...asType, isTypeOnly: false }).problem).toContain(
    "and types of engine, model-registry, scheduler",
  );
  const upward = judge("src/lib/x.ts", { specifier: "../domain/run.ts", isTypeOnly: true }).problem;
  expect(upward).toBe("src/lib/x.ts imports src/domain/run.ts: lib imports nothing");
  const graph = { a: ["b"], b: ["c", "d"], c: ["a"], d: ["d"], e: ["a"] };
  expect(cyclesIn(new Map(Object.entries(graph)))).toEqual([["d"], ["a", "b", "c"]]);
});
