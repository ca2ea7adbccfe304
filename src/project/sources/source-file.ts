import { parse } from "@babel/parser";
import type { Comment, Expression, File, Node as SyntaxNode } from "@babel/types";

/** A piece of a source file as written by its author, with the comment above it. */
interface SourcePiece {
  /** 1-based line of the piece without its comment. */
  line: number;
  code: string;
}

/** The file and the name that an import refers to; the name is `*` for a whole module. */
interface NameOrigin {
  /** As written in the source: `./nodes.ts`. */
  specifier: string;
  name: string;
}

/** A node's `func` in the source: a name, a member of an imported module (`nodes.clean`), or the function itself. */
export type FunctionText = { name: string; member: string | null } | { piece: SourcePiece };

/** The names and nodes of a source file. */
export interface SourceFile {
  /** Functions and constants by name; those at the top level take precedence. */
  declarations: ReadonlyMap<string, SourcePiece>;
  imports: ReadonlyMap<string, NameOrigin>;
  /** By exported name. A name declared in this file has no specifier. */
  exports: ReadonlyMap<string, NameOrigin | { specifier: null; name: string }>;
  /** Specifiers of `export * from`. */
  starExports: readonly string[];
  /** Every `node({ name: "...", func })`. */
  nodes: readonly { name: string; func: FunctionText }[];
}

/** Parses a TypeScript or JavaScript file. @throws SyntaxError with the place when it is neither. */
export function readSource(text: string): SourceFile {
  const file = parse(text, {
    sourceType: "module",
    plugins: ["typescript", "jsx", "explicitResourceManagement"],
    errorRecovery: true,
    attachComment: true,
  });
  const { imports, exports, starExports } = namesOf(file);
  const declarations = new Map<string, SourcePiece>();
  const nodes: { name: string; func: FunctionText }[] = [];
  const isNode = (name: string) => name === "node" || imports.get(name)?.name === "node";
  for (const statement of file.program.body) declare(statement, statement);
  visit(file.program);
  return { declarations, imports, exports, starExports, nodes };

  function declare(syntax: SyntaxNode, whole: SyntaxNode): void {
    if (syntax.type === "ExportNamedDeclaration" || syntax.type === "ExportDefaultDeclaration") {
      if (syntax.declaration != null) declare(syntax.declaration, whole);
    } else if (syntax.type === "FunctionDeclaration" && syntax.id != null) add(syntax.id.name, whole);
    else if (syntax.type === "VariableDeclaration") {
      for (const { id } of syntax.declarations) if (id.type === "Identifier") add(id.name, whole);
    }
  }

  function add(name: string, whole: SyntaxNode): void {
    if (!declarations.has(name)) declarations.set(name, pieceOf(text, whole));
  }

  function visit(syntax: SyntaxNode): void {
    declare(syntax, syntax);
    if (
      syntax.type === "CallExpression" &&
      syntax.callee.type === "Identifier" &&
      isNode(syntax.callee.name)
    ) {
      const [spec] = syntax.arguments;
      const name = textOf(field(spec, "name"));
      const func = functionText(field(spec, "func"), text);
      if (name !== null && func !== null) nodes.push({ name, func });
    }
    for (const child of childrenOf(syntax)) visit(child);
  }
}

function namesOf(file: File) {
  const imports = new Map<string, NameOrigin>();
  const exports = new Map<string, NameOrigin | { specifier: null; name: string }>();
  const starExports: string[] = [];
  for (const statement of file.program.body) {
    if (statement.type === "ImportDeclaration") {
      for (const one of statement.specifiers) {
        const name =
          one.type === "ImportSpecifier"
            ? nameOf(one.imported)
            : one.type === "ImportDefaultSpecifier"
              ? "default"
              : "*";
        imports.set(one.local.name, { specifier: statement.source.value, name });
      }
    } else if (statement.type === "ExportAllDeclaration") starExports.push(statement.source.value);
    else if (statement.type === "ExportNamedDeclaration") {
      for (const one of statement.specifiers) {
        if (one.type !== "ExportSpecifier") continue;
        const specifier = statement.source?.value ?? null;
        exports.set(nameOf(one.exported), { specifier, name: one.local.name });
      }
    } else if (statement.type === "ExportDefaultDeclaration") {
      const { declaration } = statement;
      const name =
        declaration.type === "Identifier"
          ? declaration.name
          : declaration.type === "FunctionDeclaration"
            ? declaration.id?.name
            : undefined;
      if (name !== undefined) exports.set("default", { specifier: null, name });
    }
  }
  return { imports, exports, starExports };
}

function field(spec: SyntaxNode | undefined, name: string): SyntaxNode | null {
  if (spec?.type !== "ObjectExpression") return null;
  for (const property of spec.properties) {
    if (property.type === "SpreadElement" || property.computed || nameOf(property.key) !== name) continue;
    return property.type === "ObjectMethod" ? property : property.value;
  }
  return null;
}

function functionText(syntax: SyntaxNode | null, text: string): FunctionText | null {
  switch (syntax?.type) {
    case "Identifier":
      return { name: syntax.name, member: null };
    case "MemberExpression":
      if (syntax.object.type !== "Identifier" || syntax.computed) return null;
      return { name: syntax.object.name, member: nameOf(syntax.property) };
    case "CallExpression":
      // A function that makes the node's function: `fineTune(training)`.
      return functionText(syntax.callee, text);
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "ParenthesizedExpression":
      return functionText(syntax.expression, text);
    case "ArrowFunctionExpression":
    case "FunctionExpression":
    case "ObjectMethod":
      return { piece: pieceOf(text, syntax) };
    default:
      return null;
  }
}

/** Returns the source of a syntax node with the comment right above it, without the common indentation. */
function pieceOf(text: string, syntax: SyntaxNode): SourcePiece {
  const { start, end, loc } = syntax;
  let from = start!;
  for (const comment of (syntax.leadingComments ?? []).toReversed() as Comment[]) {
    // After an empty line, the comment belongs to something else.
    if (/\n[^\S\n]*\n/.test(text.slice(comment.end, from))) break;
    from = comment.start!;
  }
  const lineStart = text.lastIndexOf("\n", from - 1) + 1;
  const isAlone = text.slice(lineStart, from).trim() === "";
  const indent = isAlone ? text.slice(lineStart, from) : "";
  const code = text.slice(from, end!).replaceAll("\r\n", "\n");
  return { line: loc!.start.line, code: indent === "" ? code : code.replaceAll(`\n${indent}`, "\n") };
}

function textOf(syntax: SyntaxNode | null): string | null {
  if (syntax?.type === "StringLiteral") return syntax.value;
  if (syntax?.type === "TemplateLiteral" && syntax.expressions.length === 0)
    return syntax.quasis[0]?.value.cooked ?? null;
  return null;
}

function nameOf(syntax: SyntaxNode): string {
  return syntax.type === "Identifier" ? syntax.name : ((textOf(syntax as Expression) ?? "") as string);
}

function childrenOf(syntax: SyntaxNode): SyntaxNode[] {
  return Object.entries(syntax).flatMap(([key, value]) =>
    key === "loc" || key.endsWith("Comments") ? [] : [value].flat().filter(isSyntax),
  );
}

function isSyntax(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
