/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";
import { type GridSource, gridPath } from "./grid-path.ts";

interface GridClassesProps {
  text: Text;
  classes: readonly string[];
  counts: readonly { label: string; n: number }[];
  /** The class that is shown. */
  current: string | null;
  source: GridSource;
}

/** The classes, each with the number of its drawings that the grid is about. */
export function GridClasses({ text: { t, number }, classes, counts, current, source }: GridClassesProps) {
  const isPool = source === "unlabelled";
  return (
    <nav class="grid-classes" aria-label={t(isPool ? "grid.pool.classes" : "grid.classes")} tabindex={0}>
      {classes.map((label) => {
        const n = counts.find((one) => one.label === label)?.n ?? 0;
        return (
          <a
            class="button"
            href={gridPath(label, null, source)}
            aria-current={label === current ? "page" : undefined}
          >
            <b>{label}</b> <span class="grid-count">{number(n)}</span>
            <span class="unseen"> {t(isPool ? "grid.pool.toLabel" : "grid.toConfirm")}</span>
          </a>
        );
      })}
    </nav>
  );
}
