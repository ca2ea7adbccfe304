import ts from "typescript";

/** An export that no doc comment describes. */
export interface Undocumented {
  name: string;
  /** From 1. */
  line: number;
}

/**
 * Finds the exports of a file that have no doc comment. One comment is enough for all overloads of a function, and for
 * all names of one statement. Re-exports are described where they are declared; a default export of a plain value has
 * no name to describe.
 *
 * @param path decides between TypeScript and TSX.
 */
export function undocumentedExports(path: string, text: string): Undocumented[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const declared = Map.groupBy(source.statements.flatMap(declarationsOf), ({ name }) => name);
  const exported = new Set([
    ...[...declared.values()].flat().flatMap(({ name, statement }) => (isExported(statement) ? name : [])),
    ...source.statements.flatMap(namesExportedLater),
  ]);
  return [...exported].flatMap((name) => {
    const declarations = declared.get(name) ?? [];
    if (declarations.length === 0 || declarations.some(({ statement }) => isDescribed(statement))) return [];
    const { line } = source.getLineAndCharacterOfPosition(declarations[0]!.statement.getStart());
    return { name, line: line + 1 };
  });
}

interface Declared {
  name: string;
  statement: ts.Statement;
}

function declarationsOf(statement: ts.Statement): Declared[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      boundNames(name).map((each) => ({ name: each, statement })),
    );
  }
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  return isNamed ? [{ name: statement.name?.text ?? "default", statement }] : [];
}

/** "x" of `const x`, "a" and "b" of `const { a, c: [b] }`. */
function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}

/** The local names in `export { a, b as c }`; none when they come from another file. */
function namesExportedLater(statement: ts.Statement): string[] {
  if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier !== undefined) return [];
  const clause = statement.exportClause;
  if (clause === undefined || !ts.isNamedExports(clause)) return [];
  return clause.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** Has a doc comment right above that says something. */
function isDescribed(statement: ts.Statement): boolean {
  return ts.getJSDocCommentsAndTags(statement).some((doc) => {
    if (!ts.isJSDoc(doc)) return false;
    return (ts.getTextOfJSDocComment(doc.comment) ?? "").trim() !== "" || (doc.tags?.length ?? 0) > 0;
  });
}
