/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { keyName } from "../../assets/label/keys.ts";
import type { Text } from "../../i18n/text.ts";
import { ranges } from "../class-words.ts";

/** The keys of the sheet. */
export function SheetHelp({ text: { t }, classes }: { text: Text; classes: readonly string[] }) {
  const onKeys = classes.filter((name) => [...name].length === 1);
  const rows: { keys: string[]; does: string }[] = [
    { keys: ["←", "→", "↑", "↓"], does: t("sheet.key.move") },
    { keys: [t("help.key.space")], does: t("sheet.key.select") },
    { keys: ["Shift+→"], does: t("sheet.key.range") },
    { keys: ["Ctrl+A"], does: t("sheet.key.all") },
    { keys: ["Esc"], does: t("sheet.key.clear") },
    { keys: ranges(onKeys), does: t("sheet.key.label") },
    { keys: [keyName("x", classes)], does: t("sheet.key.none") },
    { keys: [t("help.key.backspace")], does: t("sheet.key.withdraw") },
    { keys: [keyName("u", classes), "Ctrl+Z"], does: t("sheet.key.undo") },
    { keys: [t("help.key.enter")], does: t("sheet.key.open") },
    { keys: [keyName("h", classes)], does: t("help.help") },
  ];
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
        <form method="dialog">
          <button class="button" type="submit">
            {t("help.close")}
          </button>
        </form>
      </div>
    </dialog>
  );
}
