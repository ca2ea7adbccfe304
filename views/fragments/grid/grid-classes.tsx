/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { GridCount } from "../../../src/domain/samples/grid/grid-store.ts";
import type { Text } from "../../i18n/text.ts";
import { gridPath } from "./grid-path.ts";

interface GridClassesProps {
  text: Text;
  classes: readonly string[];
  counts: readonly GridCount[];
  /** The class that is shown. */
  current: string | null;
}

/** The classes, each with the number of its labels that no person has confirmed. */
export function GridClasses({ text: { t, number }, classes, counts, current }: GridClassesProps) {
  return (
    <nav class="grid-classes" aria-label={t("grid.classes")} tabindex={0}>
      {classes.map((label) => {
        const n = counts.find((one) => one.label === label)?.unconfirmed ?? 0;
        return (
          <a class="button" href={gridPath(label)} aria-current={label === current ? "page" : undefined}>
            <b>{label}</b> <span class="grid-count">{number(n)}</span>
            <span class="unseen"> {t("grid.toConfirm")}</span>
          </a>
        );
      })}
    </nav>
  );
}
