/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";

/** The actions on a page, above the end of the window. Without the script, one button stores it. */
export function GridBar({ text: { t, number }, total }: { text: Text; total: number }) {
  return (
    <div class="grid-bar">
      <button id="grid-store" class="button button-main" type="submit">
        <span>{t("grid.confirm", { n: number(total) })}</span> <kbd class="key">↵</kbd>
      </button>
      <output id="grid-marked">{t("grid.marked", { n: number(0) })}</output>
      <button class="button" type="button" data-do="clear">
        {t("grid.clear")}
      </button>
      <button class="button" type="button" data-do="help" aria-label={t("grid.help")}>
        ?
      </button>
    </div>
  );
}
