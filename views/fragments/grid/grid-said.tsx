/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";
import { shortId } from "../runs/run-words.ts";
import { type GridSaid, type GridSource, SAID_REASONS, type SaidReason } from "./grid-path.ts";

interface GridSaidLineProps {
  text: Text;
  said: GridSaid | null;
  label: string | null;
  isUndone: boolean;
  source: GridSource;
}

/** The result of the last page or undo, what it could not change and why, and its undo. */
export function GridSaidLine({ text, said, label, isUndone, source }: GridSaidLineProps) {
  const { t } = text;
  const isUndoable = said !== null && !said.isUndo && said.action !== null;
  return (
    <div class="grid-said" data-did={isUndoable ? said.action : undefined}>
      <div id="grid-said" role="status">
        {isUndone ? <p>{t("grid.alreadyUndone")}</p> : null}
        {said === null ? null : <Said text={text} said={said} source={source} />}
      </div>
      {isUndoable ? (
        <form method="post" action="/label/grid/undo" data-grid-undo>
          <input type="hidden" name="action" value={said.action!} />
          <input type="hidden" name="label" value={label ?? ""} />
          <input type="hidden" name="source" value={source} />
          <button class="button" type="submit">
            {t("grid.undo")} <kbd class="key">u</kbd>
          </button>
        </form>
      ) : null}
    </div>
  );
}

function Said({ text, said, source }: { text: Text; said: GridSaid; source: GridSource }) {
  const { t, number } = text;
  const isPool = source === "unlabelled";
  const parts = said.isUndo
    ? [t(isPool ? "grid.pool.undone" : "grid.undone", { n: number(said.restored) })]
    : [
        ...(said.action === null ? [t("sheet.nothingChanged")] : []),
        ...(said.confirmed > 0
          ? [t(isPool ? "grid.pool.did" : "grid.did", { n: number(said.confirmed) })]
          : []),
        ...(said.corrected > 0
          ? [t(isPool ? "grid.pool.corrected" : "grid.corrected", { n: number(said.corrected) })]
          : []),
        ...(said.left > 0 ? [t(isPool ? "grid.pool.left" : "grid.left", { n: number(said.left) })] : []),
        ...(said.unchanged > 0
          ? [t(isPool ? "grid.pool.unchanged" : "sheet.unchanged", { n: number(said.unchanged) })]
          : []),
      ];
  const reasons = SAID_REASONS.filter((reason) => (said.kept[reason] ?? 0) > 0);
  return (
    <>
      <p>{parts.reduce((first, next) => t("grid.sentences", { first, next }))}</p>
      {reasons.map((reason) => (
        <p class="alert">
          {t(keptText(reason), { n: number(said.kept[reason] ?? 0) })}
          {said.named
            .filter((one) => one.reason === reason)
            .map(({ id }) => (
              <>
                {" "}
                {isOfPool(reason) ? (
                  <code>{shortId(id)}</code>
                ) : (
                  <a href={`/samples/${encodeURIComponent(id)}`}>
                    <code>{shortId(id)}</code>
                  </a>
                )}
              </>
            ))}
        </p>
      ))}
    </>
  );
}

/** Such a drawing may be no sample, so it has no page. */
function isOfPool(reason: SaidReason): reason is "answered" | "taken" | "removed" {
  return reason === "answered" || reason === "taken" || reason === "removed";
}

function keptText(reason: SaidReason) {
  return isOfPool(reason) ? (`grid.pool.kept.${reason}` as const) : (`sheet.kept.${reason}` as const);
}
