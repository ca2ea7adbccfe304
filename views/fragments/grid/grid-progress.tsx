/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { GridCount } from "../../../src/domain/samples/grid/grid-store.ts";
import type { Text } from "../../i18n/text.ts";

/** How many labels of a class a person has confirmed, of all that are in use. */
export function GridProgress({ text: { t, number }, count }: { text: Text; count: GridCount }) {
  const { label, unconfirmed, confirmed, inReview } = count;
  const total = unconfirmed + confirmed + inReview;
  return (
    <div class="grid-progress">
      <p>
        {t("grid.progress", {
          label,
          confirmed: number(confirmed),
          total: number(total),
          unconfirmed: number(unconfirmed),
        })}{" "}
        {inReview === 0 ? null : <span class="soft">{t("grid.inReview", { n: number(inReview) })}</span>}
      </p>
      <progress value={confirmed} max={Math.max(total, 1)} aria-label={t("grid.progressName", { label })} />
    </div>
  );
}
