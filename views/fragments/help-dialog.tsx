import type { MessageKey } from "../i18n/en.ts";
import type { Text } from "../i18n/text.ts";

const KEYS: readonly { keys: MessageKey[]; does: MessageKey }[] = [
  { keys: ["help.key.digits"], does: "help.digits" },
  { keys: ["help.key.enter"], does: "help.accept" },
  { keys: ["help.key.backspace"], does: "help.undo" },
  { keys: ["help.key.space"], does: "help.clear" },
];

/** The keys of the Draw page; opened by h, ? or its button. */
export function HelpDialog({ text: { t } }: { text: Text }) {
  return (
    <dialog id="help" class="help" aria-labelledby="help-title">
      <div>
        <h2 id="help-title">{t("help.title")}</h2>
        <dl>
          {KEYS.map(({ keys, does }) => (
            <>
              <dt>
                {keys.map((key) => (
                  <kbd>{t(key)}</kbd>
                ))}
              </dt>
              <dd>{t(does)}</dd>
            </>
          ))}
          <dt>
            <kbd>h</kbd> <kbd>?</kbd>
          </dt>
          <dd>{t("help.help")}</dd>
        </dl>
        <p class="small soft">{t("help.note")}</p>
        <form method="dialog">
          <button class="button" type="submit">
            {t("help.close")}
          </button>
        </form>
      </div>
    </dialog>
  );
}
