/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { GridCount } from "../../../src/domain/samples/grid/grid-store.ts";
import type { Text } from "../../i18n/text.ts";

/** How many labels of a class a person has confirmed, of all that are in use. */
export function GridProgress({ text: { t, number }, count }: { text: Text; count: GridCount }) {
  const { label, unconfirmed, suspect, confirmed, inReview } = count;
  // Those that are in review and not on the grid.
  const elsewhere = inReview - suspect;
  const total = unconfirmed + confirmed + elsewhere;
  return (
    <div class="grid-progress">
      <p>
        {t(suspect === 0 ? "grid.progress" : "grid.progressSuspect", {
          label,
          suspect: number(suspect),
          confirmed: number(confirmed),
          total: number(total),
          unconfirmed: number(unconfirmed),
        })}{" "}
        {elsewhere === 0 ? null : <span class="soft">{t("grid.inReview", { n: number(elsewhere) })}</span>}
      </p>
      <progress value={confirmed} max={Math.max(total, 1)} aria-label={t("grid.progressName", { label })} />
    </div>
  );
}
