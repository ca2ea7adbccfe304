import type { ImportCounts, ImportedRow } from "../../project/samples/import-result.ts";
import type { Terminal } from "../terminal.ts";

/** How many conflicts an error names; `--json` has all of them. */
export const SHOWN_CONFLICTS = 5;

/** Prints the result of an import for people. */
export function printImport(terminal: Terminal, file: string, counts: ImportCounts): void {
  const { imported, unlabelled, known, replaced, kept, forgotten, other_side, skipped } = counts;
  const more = [
    [unlabelled, "without a label are in the label queue"],
    [known, "already existed"],
    [replaced, "got the label of the file"],
    [kept, "kept the stored label"],
    [forgotten, "were forgotten at their writer's request, and stay forgotten"],
  ] as const;
  const rest = more.filter(([n]) => n > 0).map(([n, what]) => `; ${n} ${what}`);
  terminal.out(`${imported} samples imported from ${file}${rest.join("")}\n`);
  if (other_side > 0) {
    terminal.err(
      `  ${other_side} are on another side of the split than in the file, because their writer or session already has a side\n`,
    );
  }
  for (const row of skipped) terminal.err(`  left out ${row.at}: ${row.reason}\n`);
}

/** Describes why nothing was imported, and the choices. */
export function refusal(
  file: string,
  { conflicts: total }: ImportCounts,
  shown: readonly ImportedRow[],
): string {
  const lines = shown.map(
    ({ at, stored_label, file_label, reason }) =>
      `  ${at}: ${reason}: "${stored_label}" is stored, found "${file_label}"`,
  );
  const rest = total > shown.length ? [`  and ${total - shown.length} more (--json lists all)`] : [];
  return [
    `Nothing is imported from ${file}: ${total} of its rows differ from what is stored, or from an earlier row:`,
    ...lines,
    ...rest,
    "Choose with --on-conflict: keep leaves what is stored, replace stores the file's labels",
  ].join("\n");
}
