/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../i18n/text.ts";
import { type ExampleProps, ExampleSheet } from "./example-sheet.tsx";
import { setName } from "./report.ts";

export interface ExamplesOfProps {
  text: Text;
  set: string;
  /** Which cell of the confusion matrix; null for the worst mistakes of all. */
  cell: { label: string; predicted: string } | null;
  examples: readonly ExampleProps[];
}

/** The drawings behind one cell of a confusion matrix, or the worst mistakes. */
export function ExamplesOf({ text, set, cell, examples }: ExamplesOfProps) {
  const { t } = text;
  return (
    <div class="stack examples-of">
      <h3>{examplesTitle(text, set, cell)}</h3>
      {examples.length === 0 ? (
        <p class="soft">{t("examples.none")}</p>
      ) : (
        <>
          <ExampleSheet text={text} examples={examples} />
          <p class="small soft">{t("examples.shown", { n: examples.length })}</p>
        </>
      )}
    </div>
  );
}

export function examplesTitle(text: Text, set: string, cell: ExamplesOfProps["cell"]): string {
  const name = setName(text, set);
  if (cell === null) return text.t("examples.worst", { set: name });
  return text.t(cell.label === cell.predicted ? "examples.ofRight" : "examples.ofCell", {
    set: name,
    ...cell,
  });
}
