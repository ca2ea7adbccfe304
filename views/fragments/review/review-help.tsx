/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { keyName } from "../../assets/label/keys.ts";
import type { Text } from "../../i18n/text.ts";
import { ranges } from "../class-words.ts";

/** The keys of the label queue. */
export function ReviewHelp({ text: { t }, classes }: { text: Text; classes: readonly string[] }) {
  const onKeys = classes.filter((name) => [...name].length === 1);
  const rows: { keys: string[]; does: string }[] = [
    { keys: [t("help.key.enter")], does: t("review.key.confirm") },
    { keys: [keyName("m", classes)], does: t("review.key.reading") },
    { keys: ranges(onKeys), does: t("review.key.digits") },
    { keys: [keyName("x", classes)], does: t("review.key.none") },
    { keys: [t("help.key.backspace")], does: t("review.key.withdraw") },
    { keys: [t("help.key.space")], does: t("review.key.skip") },
    { keys: [keyName("u", classes)], does: t("review.key.undo") },
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
