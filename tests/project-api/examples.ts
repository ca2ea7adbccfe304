import ts from "typescript";

/** The code of an `@example` in a doc comment of `tegaki.d.ts`. */
export interface Example {
  /** The declaration that it describes. */
  of: string;
  code: string;
}

const FENCED = /^```ts\n([\s\S]*?)\n```$/;

/** @throws when an example is not one fenced block of TypeScript. */
export function examplesIn(types: string): Example[] {
  const source = ts.createSourceFile("tegaki.d.ts", types, ts.ScriptTarget.Latest, true);
  const found: Example[] = [];
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) {
      if (tag.tagName.text !== "example" || tag.parent.parent !== node) continue;
      const of = nameOf(node);
      const fenced = FENCED.exec((ts.getTextOfJSDocComment(tag.comment) ?? "").trim());
      if (fenced === null) throw new Error(`The example of ${of} is not one block of \`\`\`ts`);
      found.push({ of, code: `${fenced[1]}\n` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function nameOf(node: ts.Node): string {
  return (node as ts.NamedDeclaration).name?.getText() ?? ts.SyntaxKind[node.kind];
}

/** What an example says of a line and what the line gave. */
export type Claim = [given: unknown, claimed: unknown];

const CLAIM = /^(\s*)(.+); \/\/ => (.+)$/gm;

/** The code with each line `x; // => y` turned into a claim that `claim(x, y)` takes. */
export function withClaims(code: string): string {
  return `const { claim } = globalThis as any;\n${code.replaceAll(CLAIM, "$1claim($2, $3);")}`;
}
