/** @jsxRuntime automatic @jsxImportSource hono/jsx */
const KEYWORDS =
  "abstract|as|async|await|break|case|catch|class|const|continue|default|do|else|export|extends|false|finally|for|from|function|if|implements|import|in|instanceof|interface|let|new|null|of|readonly|return|satisfies|static|switch|this|throw|true|try|type|typeof|undefined|void|while|yield";

const TOKENS = new RegExp(
  [
    "(?<comment>\\/\\*[\\s\\S]*?\\*\\/|\\/\\/.*)",
    "(?<text>`(?:\\\\.|[^`\\\\])*`|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*')",
    `(?<word>\\b(?:${KEYWORDS})\\b)`,
  ].join("|"),
  "g",
);

/** TypeScript with highlighted comments, strings and keywords. */
export function Highlighted({ code }: { code: string }) {
  const parts: { kind: string | null; text: string }[] = [];
  let end = 0;
  for (const match of code.matchAll(TOKENS)) {
    if (match.index > end) parts.push({ kind: null, text: code.slice(end, match.index) });
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0] ?? null;
    parts.push({ kind, text: match[0] });
    end = match.index + match[0].length;
  }
  parts.push({ kind: null, text: code.slice(end) });
  return (
    <code>
      {parts.map(({ kind, text }) => (kind === null ? text : <span class={`code-${kind}`}>{text}</span>))}
    </code>
  );
}
