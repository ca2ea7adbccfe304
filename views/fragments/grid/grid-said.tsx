/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { KEPT_REASONS } from "../../../src/domain/samples/sheet/sheet-store.ts";
import type { Text } from "../../i18n/text.ts";
import { shortId } from "../runs/run-words.ts";
import type { GridSaid } from "./grid-path.ts";

interface GridSaidLineProps {
  text: Text;
  said: GridSaid | null;
  label: string | null;
  isUndone: boolean;
}

/** The result of the last page or undo, what it could not change and why, and its undo. */
export function GridSaidLine({ text, said, label, isUndone }: GridSaidLineProps) {
  const { t } = text;
  const isUndoable = said !== null && !said.isUndo && said.action !== null;
  return (
    <div class="grid-said" data-did={isUndoable ? said.action : undefined}>
      <div id="grid-said" role="status">
        {isUndone ? <p>{t("grid.alreadyUndone")}</p> : null}
        {said === null ? null : <Said text={text} said={said} />}
      </div>
      {isUndoable ? (
        <form method="post" action="/label/grid/undo" data-grid-undo>
          <input type="hidden" name="action" value={said.action!} />
          <input type="hidden" name="label" value={label ?? ""} />
          <button class="button" type="submit">
            {t("grid.undo")} <kbd class="key">u</kbd>
          </button>
        </form>
      ) : null}
    </div>
  );
}

function Said({ text, said }: { text: Text; said: GridSaid }) {
  const { t, number } = text;
  const parts = said.isUndo
    ? [t("grid.undone", { n: number(said.restored) })]
    : [
        ...(said.action === null ? [t("sheet.nothingChanged")] : []),
        ...(said.confirmed > 0 ? [t("grid.did", { n: number(said.confirmed) })] : []),
        ...(said.corrected > 0 ? [t("grid.corrected", { n: number(said.corrected) })] : []),
        ...(said.left > 0 ? [t("grid.left", { n: number(said.left) })] : []),
        ...(said.unchanged > 0 ? [t("sheet.unchanged", { n: number(said.unchanged) })] : []),
      ];
  const reasons = KEPT_REASONS.filter((reason) => said.kept[reason] > 0);
  return (
    <>
      <p>{parts.reduce((first, next) => t("grid.sentences", { first, next }))}</p>
      {reasons.map((reason) => (
        <p class="alert">
          {t(`sheet.kept.${reason}`, { n: number(said.kept[reason]) })}
          {said.named
            .filter((one) => one.reason === reason)
            .map(({ id }) => (
              <>
                {" "}
                <a href={`/samples/${encodeURIComponent(id)}`}>
                  <code>{shortId(id)}</code>
                </a>
              </>
            ))}
        </p>
      ))}
    </>
  );
}
