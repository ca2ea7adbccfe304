/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { EXPORT_FORMATS } from "../../../src/domain/samples/sample-files.ts";
import { keyName } from "../../assets/label/keys.ts";
import type { Text } from "../../i18n/text.ts";
import type { FilterFields } from "./sheet-path.ts";

/** The properties of the actions on selected drawings. */
export interface SheetBarProps {
  text: Text;
  classes: readonly string[];
  fields: FilterFields;
  /** Number of drawings that match the filter. */
  total: number;
  /** The newest drawing when the page was rendered; null for an empty store. */
  arrivedBy: string | null;
  /** Whether the sheet has a chosen few, and not what matches a filter: there is no more to select. */
  isListed?: boolean;
}

/** The actions on the selected drawings; shown while some are selected, which takes the script. */
export function SheetBar({ text, classes, fields, total, arrivedBy, isListed = false }: SheetBarProps) {
  const { t, number } = text;
  return (
    <form id="sheet-bar" class="sheet-bar" method="post" action="/samples/bulk" hidden>
      {/* Not an input: that would lose the ends of its lines. */}
      <textarea name="samples" hidden />
      <input type="hidden" name="all" />
      <input type="hidden" name="arrived_by" value={arrivedBy ?? ""} />
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={`filter.${name}`} value={value} />
      ))}
      <p class="sheet-count" aria-live="polite">
        <output
          id="sheet-selected"
          data-text={t("sheet.selected")}
          data-all={t("sheet.selectedAll", { n: number(total) })}
        />
        <button class="button" type="button" data-do="clear">
          {t("sheet.clear")}
        </button>
        {isListed ? null : (
          <button class="button" type="button" data-do="all">
            {t("sheet.selectAll", { n: number(total) })}
          </button>
        )}
      </p>
      <div class="sheet-acts">
        <span class="sheet-relabel">
          <label for="bulk-label">{t("sheet.label")}</label>
          <select id="bulk-label" name="label">
            {classes.map((name) => (
              <option value={name}>{name}</option>
            ))}
          </select>
          <button class="button button-main" type="submit" name="do" value="relabel">
            {t("sheet.relabel")}
          </button>
        </span>
        <Act name="none" words={t("draw.none")} hint={keyName("x", classes)} />
        <Act name="withdraw" words={t("sheet.withdraw")} hint={t("help.key.backspace")} />
        <Act name="restore" words={t("sheet.restore")} hint={null} />
        <Act name="confirm" words={t("sheet.confirm")} hint={null} />
        <details class="sheet-export">
          <summary class="button">{t("sheet.export")}</summary>
          <span>
            <label for="bulk-format">{t("sheet.exportFormat")}</label>
            <select id="bulk-format" name="format">
              {EXPORT_FORMATS.map((format) => (
                <option value={format}>{t(`sheet.format.${format}`)}</option>
              ))}
            </select>
            <button class="button" type="submit" name="do" value="export" formaction="/samples/export">
              {t("sheet.download")}
            </button>
          </span>
        </details>
        <button class="button" type="button" data-do="open" hidden>
          {t("sheet.open")}
        </button>
      </div>
    </form>
  );
}

function Act({ name, words, hint }: { name: string; words: string; hint: string | null }) {
  return (
    <button class="button" type="submit" name="do" value={name}>
      {words} {hint === null ? null : <kbd class="key">{hint}</kbd>}
    </button>
  );
}
