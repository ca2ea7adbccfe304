/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";

/** Where files of drawings are dropped or chosen; the script sends them, and puts the preview below. */
export function ImportPanel({ text, maxBytes }: { text: Text; maxBytes: number }) {
  const { t } = text;
  return (
    <details id="sheet-import" class="sheet sheet-import">
      <summary>{t("sheet.import")}</summary>
      <div class="stack">
        <p class="soft">{t("sheet.importText", { limit: text.bytes(maxBytes) })}</p>
        <div
          id="import-drop"
          class="import-drop"
          data-limit={maxBytes}
          data-texts={JSON.stringify({
            sending: t("sheet.importSending"),
            failed: t("sheet.importFailed"),
            tooLong: t("sheet.importTooLong", { limit: text.bytes(maxBytes) }),
          })}
        >
          <label for="import-files">{t("sheet.importChoose")}</label>
          <input
            id="import-files"
            type="file"
            multiple
            accept=".zip,.ndjson,.jsonl,.json,.csv,.pkl,.pickle,.gz,.idx,.idx3-ubyte,.idx1-ubyte,*/*"
          />
        </div>
        <div id="import-state" aria-live="polite" />
      </div>
    </details>
  );
}
