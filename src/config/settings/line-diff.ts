import { structuredPatch } from "diff";
import type { DiffLine } from "../../domain/settings/settings.ts";

/** Unchanged lines shown around a change. */
const CONTEXT = 2;

const KINDS = { "+": "added", "-": "removed", " ": "same" } as const;

/** Compares two texts line by line; unchanged parts are left out, with a gap between two changes that are far apart. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const { hunks } = structuredPatch("", "", before, after, "", "", { context: CONTEXT });
  return hunks.flatMap(({ lines }, index) => [
    ...(index === 0 ? [] : [{ kind: "gap" as const, text: "" }]),
    ...lines.flatMap((line): DiffLine[] => {
      const kind = KINDS[line.charAt(0) as keyof typeof KINDS];
      // "\ No newline at end of file" is not a line of either text.
      return kind === undefined ? [] : [{ kind, text: line.slice(1) }];
    }),
  ]);
}
