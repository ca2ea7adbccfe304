/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { fill } from "../../i18n/fill.ts";
import type { Text } from "../../i18n/text.ts";
import type { GridSource } from "./grid-path.ts";
import { actWords } from "./grid-texts.ts";

interface GridBarProps {
  text: Text;
  total: number;
  source: GridSource;
  label: string;
}

/** The actions on a page, above the end of the window. Without the script, one button stores it. */
export function GridBar({ text, total, source, label }: GridBarProps) {
  const { t, number } = text;
  return (
    <div class="grid-bar">
      <button id="grid-store" class="button button-main" type="submit">
        <span>{fill(actWords(text, source, label).confirm, { n: number(total) })}</span>{" "}
        <kbd class="key">↵</kbd>
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
