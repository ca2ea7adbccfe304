/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../i18n/text.ts";
import { type ExampleProps, ExampleSheet } from "./example-sheet.tsx";
import { setName } from "./report.ts";

/** The drawings of one set, or of one cell of its confusion matrix. */
export interface ExamplesOfProps {
  text: Text;
  set: string;
  /** A cell of the confusion matrix; null for the worst mistakes overall. */
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

/** The title of the drawings of one cell, or of the worst mistakes. */
export function examplesTitle(text: Text, set: string, cell: ExamplesOfProps["cell"]): string {
  const name = setName(text, set);
  if (cell === null) return text.t("examples.worst", { set: name });
  return text.t(cell.label === cell.predicted ? "examples.ofRight" : "examples.ofCell", {
    set: name,
    ...cell,
  });
}
