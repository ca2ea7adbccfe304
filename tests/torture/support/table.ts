import type { RowResult } from "./try-row.ts";

const HEAD = ["row", "property", "tried", "lost or failed", "seconds"];

/** The results as a table of text, for a terminal. */
export function textTable(results: readonly RowResult[]): string {
  return [HEAD.join(" | "), ...results.map(rowText)].join("\n");
}

/** One result as a line of text. */
export function rowText(result: RowResult): string {
  return cellsOf(result).join(" | ");
}

/** The results as a table of Markdown, for docs/reliability.md. */
export function markdownTable(results: readonly RowResult[]): string {
  const rows = [HEAD, HEAD.map(() => "---"), ...results.map(cellsOf)];
  return rows
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

function cellsOf({ row, outcome, tried, failed, seconds }: RowResult): string[] {
  const found = outcome === "skipped" ? "skipped" : String(failed);
  return [String(row.row), row.property, tried, found, seconds.toFixed(0)];
}
