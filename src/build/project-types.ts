import { dirname, join, relative } from "node:path";
import ts from "typescript";

const ROOT = join(import.meta.dir, "../..");
const ENTRY = join(ROOT, "src/project-api/tegaki.ts");

const HEADER = `// The types of \`import { … } from "tegaki"\` in the pipelines of this project, for the editor.
// The functions themselves are inside the executable. Made by \`tegaki init\`; nothing here is meant to be changed.
`;

/** A declared name of a source file: an interface, a class, or all overloads of a function. */
interface Declaration {
  file: string;
  statements: ts.Statement[];
  /** Why its type cannot be derived from its own file, or null. */
  problem: string | null;
}

/**
 * Generates `tegaki.d.ts`: the types of src/project-api/tegaki.ts and all that they mention, as one ambient module,
 * so that a project needs nothing installed. Comments are those of the sources.
 *
 * @throws when a needed declaration has no explicit type, or two have the same name.
 */
export function projectTypes(): string {
  const declared = new Map<string, Declaration>();
  for (const file of sourceFiles()) addDeclarations(file, declared);
  const exported = exportedNames(declared);
  const needed = reachable(exported, declared);
  const texts = [...needed].map((declaration) => declaration.statements.map(textOf).join("\n"));
  const isType = (name: string) =>
    declared.get(name)!.statements.every((s) => ts.isInterfaceDeclaration(s) || ts.isTypeAliasDeclaration(s));
  const list = (names: string[]) => `{ ${names.sort().join(", ")} };`;
  texts.push(`export type ${list(exported.filter(isType))}`);
  texts.push(`export ${list(exported.filter((name) => !isType(name)))}`);
  return `${HEADER}\ndeclare module "tegaki" {\n${texts.join("\n\n").replaceAll(/^(?=.)/gm, "  ")}\n}\n`;
}

/** The entry and all that it imports, directly or not. */
function sourceFiles(): string[] {
  const files = new Set([ENTRY]);
  for (const file of files) {
    const { importedFiles } = ts.preProcessFile(ts.sys.readFile(file) ?? "");
    for (const { fileName } of importedFiles) {
      if (fileName.startsWith(".")) files.add(join(dirname(file), fileName));
    }
  }
  return [...files];
}

function addDeclarations(file: string, declared: Map<string, Declaration>): void {
  const text = ts.sys.readFile(file) ?? "";
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(text, {
    fileName: file,
    compilerOptions: { target: ts.ScriptTarget.ESNext, isolatedDeclarations: true },
    reportDiagnostics: true,
  });
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const problems = new Map<string, string>();
  for (const { start = 0, messageText } of diagnostics) {
    const statement = source.statements.find((s) => s.getFullStart() <= start && start < s.getEnd());
    for (const name of statement === undefined ? [] : namesOf(statement)) {
      problems.set(name, ts.flattenDiagnosticMessageText(messageText, " "));
    }
  }
  const emitted = ts.createSourceFile(`${file}.d.ts`, outputText, ts.ScriptTarget.Latest, true);
  for (const statement of emitted.statements) {
    for (const name of namesOf(statement)) {
      const known = declared.get(name);
      if (known?.file === file) known.statements.push(statement);
      else if (known === undefined) {
        declared.set(name, { file, statements: [statement], problem: problems.get(name) ?? null });
      } else known.problem = `${relative(ROOT, file)} declares another of that name`;
    }
  }
}

/** The names that a statement declares; none for imports and re-exports. */
function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const isNamed =
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isFunctionDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

/** The names that the entry re-exports or declares itself. */
function exportedNames(declared: ReadonlyMap<string, Declaration>): string[] {
  const entry = ts.createSourceFile(ENTRY, ts.sys.readFile(ENTRY) ?? "", ts.ScriptTarget.Latest, true);
  const names = entry.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return namesOf(statement);
    const { exportClause } = statement;
    return exportClause !== undefined && ts.isNamedExports(exportClause)
      ? exportClause.elements.map(({ name }) => name.text)
      : [];
  });
  const missing = names.find((name) => !declared.has(name));
  if (missing !== undefined) throw new Error(`Cannot create tegaki.d.ts: nothing declares ${missing}`);
  return names;
}

/** The declarations of these names and of all that they mention. */
function reachable(names: readonly string[], declared: ReadonlyMap<string, Declaration>): Set<Declaration> {
  const found = new Set(names.map((name) => declared.get(name)!));
  for (const { file, statements, problem } of found) {
    if (problem !== null) {
      const name = namesOf(statements[0]!).join(", ");
      throw new Error(`Cannot create tegaki.d.ts: ${name} of ${relative(ROOT, file)}: ${problem}`);
    }
    const visit = (node: ts.Node): void => {
      const mentioned = ts.isIdentifier(node) ? declared.get(node.text) : undefined;
      if (mentioned !== undefined && isReference(node)) found.add(mentioned);
      ts.forEachChild(node, visit);
    };
    for (const statement of statements) visit(statement);
  }
  return found;
}

/** False for the name of a member or parameter, which may equal that of a declaration. */
function isReference({ parent }: ts.Node): boolean {
  return (
    ts.isTypeReferenceNode(parent) || ts.isExpressionWithTypeArguments(parent) || ts.isTypeQueryNode(parent)
  );
}

/** The statement with its comment, without `export` and `declare`, which the enclosing module implies. */
function textOf(statement: ts.Statement): string {
  const body = statement.getText().replace(/^(export )?(declare )?/, "");
  const comments = statement.getFullText().slice(0, statement.getStart() - statement.getFullStart());
  return `${comments.trim() === "" ? "" : `${comments.trim()}\n`}${body}`.replaceAll(/^( {4})+/gm, (indent) =>
    " ".repeat(indent.length / 2),
  );
}
