import { expect, test } from "bun:test";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

const ROOT = join(import.meta.dir, "..");

/** Who may import whom; a folder may always import itself and lib. Change it on purpose, in its own commit. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  lib: [],
  engine: [],
  config: [],
  digits: [],
  scheduler: [],
  synthesis: ["digits"],
  kernels: [],
  storage: ["digits"],
  datasets: ["engine", "storage", "digits"],
  training: ["digits", "kernels"],
  serving: ["digits", "kernels", "training"],
  "model-registry": ["storage", "digits"],
  pipelines: ["engine", "digits", "synthesis", "training", "model-registry"],
  "project-api": ["engine", "digits", "training", "pipelines"],
  views: [],
  http: ["views", "digits", "storage", "scheduler", "serving", "model-registry"],
  commands: [
    "engine",
    "config",
    "digits",
    "scheduler",
    "storage",
    "datasets",
    "training",
    "serving",
    "model-registry",
    "pipelines",
    "http",
    "composition",
  ],
};

/** What may be imported as a type only, beside the above. */
const MAY_IMPORT_TYPES: Record<string, readonly string[]> = {
  views: ["digits", "storage", "serving", "model-registry", "scheduler", "training", "engine"],
  http: ["engine", "config", "training"],
};

/** The page's script is bundled for the browser and shares the rendering of strokes with the server. */
const BROWSER_FOLDER = "views/assets/";

/** Packages that only these folders may import. */
const OWNERS: Record<string, readonly string[]> = {
  "bun:sqlite": ["storage"],
  "@tensorflow/": ["kernels", "training", "serving"],
  hono: ["http", "views"],
  yaml: ["config", "datasets"],
  commander: ["commands", "main"],
  "cli-progress": ["commands", "composition"],
  valibot: ["config", "http", "engine", "datasets", "digits"],
};

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

/** Why the import is not allowed, or null when it is. */
export function judge(file: string, { specifier, isTypeOnly }: Import): string | null {
  const from = folderOf(file);
  const owner = Object.entries(OWNERS).find(
    ([name]) => specifier === name || specifier.startsWith(name.endsWith("/") ? name : `${name}/`),
  );
  if (owner !== undefined && !isTypeOnly && !owner[1].includes(from)) {
    return `${file} imports ${specifier}, which only ${owner[1].join(", ")} may`;
  }
  if (!specifier.startsWith(".")) return null;
  const target = relative(ROOT, resolve(ROOT, dirname(file), specifier)).replaceAll("\\", "/");
  if (!target.startsWith("src/") && !target.startsWith("views/")) return null;
  const to = folderOf(target);
  const allowed = MAY_IMPORT[from];
  if (allowed === undefined || to === from || to === "lib" || allowed.includes(to)) return null;
  if (isTypeOnly && MAY_IMPORT_TYPES[from]?.includes(to)) return null;
  if (file.startsWith(BROWSER_FOLDER) && to === "digits") return null;
  return `${file} imports ${target}: ${from} may not import ${to}${isTypeOnly ? ", not even its types" : ""}`;
}

async function sources(): Promise<string[]> {
  const files = await Array.fromAsync(new Bun.Glob("{src,views}/**/*.{ts,tsx}").scan({ cwd: ROOT }));
  return files
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !file.endsWith(".as.ts") && !file.startsWith("src/project-api/template/"))
    .sort();
}

test("imports in src and views keep to the table", async () => {
  const broken: string[] = [];
  const files = await sources();
  for (const file of files) {
    const text = await Bun.file(join(ROOT, file)).text();
    for (const found of importsOf(file, text)) {
      const reason = judge(file, found);
      if (reason !== null) broken.push(reason);
    }
  }
  expect(files.length).toBeGreaterThan(50);
  expect(broken).toEqual([]);
});

test("every folder of src is in the table, or part of the composition root", async () => {
  const folders = new Set((await sources()).filter((file) => file.split("/").length > 2).map(folderOf));
  const known = new Set([...Object.keys(MAY_IMPORT), "composition", "build", "views"]);
  expect([...folders].filter((folder) => !known.has(folder))).toEqual([]);
});

test("the check itself refuses a sideways import, a type from a forbidden folder and a foreign package", () => {
  const imports = importsOf(
    "src/engine/x.ts",
    `import { a } from "../storage/open.ts"; import type { B } from "../http/deps.ts"; await import("bun:sqlite");`,
  );
  expect(imports.map((found) => judge("src/engine/x.ts", found))).toEqual([
    "src/engine/x.ts imports src/storage/open.ts: engine may not import storage",
    "src/engine/x.ts imports src/http/deps.ts: engine may not import http, not even its types",
    "src/engine/x.ts imports bun:sqlite, which only storage may",
  ]);
  expect(judge("views/x.tsx", { specifier: "../src/storage/store.ts", isTypeOnly: true })).toBeNull();
  expect(judge("views/x.tsx", { specifier: "../src/storage/store.ts", isTypeOnly: false })).not.toBeNull();
});
