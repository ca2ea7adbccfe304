import { dirname, join, relative } from "node:path";
import ts from "typescript";
import type { NodeSource } from "../../views/graph/types.ts";

/**
 * Finds the source of each node's function, for the graph: the executable's own code is minified. Reads every
 * `node({ name, func })` of the pipeline files, and the declaration that `func` names in the file it is imported from.
 *
 * @param root of the repository; `pipelines` is in its `src`.
 * @returns by node name. A node whose name or function is not written out is left out.
 */
export async function pipelineSources(root: string): Promise<Record<string, NodeSource>> {
  const found: Record<string, NodeSource> = {};
  for await (const path of new Bun.Glob("src/pipelines/*/pipeline.ts").scan({ cwd: root })) {
    const file = join(root, path);
    const source = await parse(file);
    const imports = importedFrom(source, dirname(file));
    for (const { name, func } of nodesIn(source)) {
      const from = imports.get(func);
      const declared = declarationIn(from === undefined ? source : await parse(from), func);
      if (declared !== null) found[name] = { file: relative(root, from ?? file), ...declared };
    }
  }
  return found;
}

async function parse(file: string): Promise<ts.SourceFile> {
  return ts.createSourceFile(file, await Bun.file(file).text(), ts.ScriptTarget.Latest, true);
}

/** The file of each imported name, of relative imports. */
function importedFrom(source: ts.SourceFile, directory: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const specifier = statement.moduleSpecifier.text;
    const named = statement.importClause?.namedBindings;
    if (!specifier.startsWith(".") || named === undefined || !ts.isNamedImports(named)) continue;
    for (const { name } of named.elements) files.set(name.text, join(directory, specifier));
  }
  return files;
}

/** Every `node({ name: "...", func: f })`, also with `func: f(training)`. */
function nodesIn(source: ts.SourceFile): { name: string; func: string }[] {
  const nodes: { name: string; func: string }[] = [];
  const visit = (at: ts.Node): void => {
    if (ts.isCallExpression(at) && ts.isIdentifier(at.expression) && at.expression.text === "node") {
      const [spec] = at.arguments;
      const name = spec === undefined ? null : field(spec, "name");
      const func = spec === undefined ? null : functionName(field(spec, "func"));
      if (name !== null && ts.isStringLiteral(name) && func !== null) nodes.push({ name: name.text, func });
    }
    ts.forEachChild(at, visit);
  };
  visit(source);
  return nodes;
}

function field(spec: ts.Expression, name: string): ts.Expression | null {
  if (!ts.isObjectLiteralExpression(spec)) return null;
  for (const property of spec.properties) {
    if (ts.isPropertyAssignment(property) && property.name.getText() === name) return property.initializer;
  }
  return null;
}

function functionName(expression: ts.Expression | null): string | null {
  if (expression === null) return null;
  const named = ts.isCallExpression(expression) ? expression.expression : expression;
  return ts.isIdentifier(named) ? named.text : null;
}

/** The declaration with its comment. */
function declarationIn(source: ts.SourceFile, name: string): { line: number; code: string } | null {
  for (const statement of source.statements) {
    const isIt = ts.isFunctionDeclaration(statement)
      ? statement.name?.text === name
      : ts.isVariableStatement(statement) &&
        statement.declarationList.declarations.some((one) => one.name.getText() === name);
    if (!isIt) continue;
    const { line } = source.getLineAndCharacterOfPosition(statement.getStart());
    return { line: line + 1, code: statement.getFullText().trim() };
  }
  return null;
}
