/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { GridCount } from "../../../src/domain/samples/grid/grid-store.ts";
import type { Text } from "../../i18n/text.ts";
import { gridPath } from "./grid-path.ts";

interface GridEndProps {
  text: Text;
  classes: readonly string[];
  counts: readonly GridCount[];
  /** Null when no class has any to confirm. */
  label: string | null;
}

/** Nothing to confirm: why, and where to continue. */
export function GridEnd({ text, classes, counts, label }: GridEndProps) {
  const { t } = text;
  const next = counts.find((one) => one.unconfirmed > 0 && classes.includes(one.label));
  const inReview = counts.reduce((sum, one) => sum + one.inReview, 0);
  return (
    <section class="sheet stack">
      <h2>{endWords(text, counts, label)}</h2>
      {next === undefined ? <p class="soft">{t("grid.doneAllText")}</p> : null}
      <p class="page-acts">
        {next === undefined ? null : (
          <a class="button button-main" href={gridPath(next.label)}>
            {t("grid.next", { label: next.label })}
          </a>
        )}
        {inReview === 0 ? null : (
          <a class="button" href="/label?state=suspect">
            {t("grid.openReview")}
          </a>
        )}
      </p>
    </section>
  );
}

function endWords({ t, number }: Text, counts: readonly GridCount[], label: string | null): string {
  if (label === null) return t("grid.doneAll");
  const count = counts.find((one) => one.label === label);
  if (count === undefined) return t("grid.empty", { label });
  if (count.inReview > 0) return t("grid.doneReview", { label, n: number(count.inReview) });
  return t("grid.done", { label });
}
