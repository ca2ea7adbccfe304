/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../i18n/text.ts";

/** The dialog of the Draw page that explains a prediction; the page's script fills it. */
export function ExplainDialog({ text: { t } }: { text: Text }) {
  return (
    <dialog id="explain" class="help explain" aria-labelledby="explain-title">
      <div>
        <h2 id="explain-title">{t("draw.explain")}</h2>
        <div data-content class="stack" />
        <form method="dialog">
          <button class="button" type="submit">
            {t("help.close")}
          </button>
        </form>
      </div>
    </dialog>
  );
}
