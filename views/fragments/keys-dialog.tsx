/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { Text } from "../i18n/text.ts";

/** Keys that do one thing; none where every such key is a label. */
export interface KeyRow {
  keys: readonly string[];
  does: string;
}

/** The keys of a page, opened by its script. @param children shown below them. */
export function KeysDialog({
  text: { t },
  rows,
  children,
}: {
  text: Text;
  rows: readonly KeyRow[];
  children?: Child;
}) {
  return (
    <dialog id="help" class="help" aria-labelledby="help-title">
      <div>
        <h2 id="help-title">{t("help.title")}</h2>
        <dl>
          {rows
            .filter(({ keys }) => keys.length > 0)
            .map(({ keys, does }) => (
              <>
                <dt>
                  {keys.map((key) => (
                    <>
                      <kbd>{key}</kbd>{" "}
                    </>
                  ))}
                </dt>
                <dd>{does}</dd>
              </>
            ))}
        </dl>
        {children}
        <form method="dialog">
          <button class="button" type="submit">
            {t("help.close")}
          </button>
        </form>
      </div>
    </dialog>
  );
}
