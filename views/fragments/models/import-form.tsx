/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";

/** The form that imports a model from a zip archive. Works without script. */
export function ImportForm({ text: { t } }: { text: Text }) {
  return (
    <form
      class="sheet stack"
      method="post"
      action="/models/import"
      enctype="multipart/form-data"
      aria-labelledby="import-title"
    >
      <h2 id="import-title">{t("registry.import")}</h2>
      <p class="soft">{t("registry.importText")}</p>
      <div class="inline-form">
        <div class="field">
          <label for="import-file">{t("registry.importFile")}</label>
          <input id="import-file" name="file" type="file" accept=".zip,application/zip" required />
        </div>
        <button class="button" type="submit">
          {t("registry.importNow")}
        </button>
      </div>
    </form>
  );
}
