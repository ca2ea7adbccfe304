/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { keyName } from "../../assets/label/keys.ts";
import type { Text } from "../../i18n/text.ts";
import type { GridSource } from "./grid-path.ts";
import { actWords } from "./grid-texts.ts";

/** Number of classes up to which each has a button. */
const MANY = 40;

interface GridAskProps {
  text: Text;
  classes: readonly string[];
  label: string;
  source: GridSource;
}

/** Asks what an odd drawing is; the script opens it for those without a decision, one at a time. */
export function GridAsk({ text, classes, label, source }: GridAskProps) {
  const { t } = text;
  const { withdraw, leave } = actWords(text, source, label);
  const others = classes.filter((name) => name !== label);
  return (
    <dialog id="grid-ask" class="grid-ask" aria-labelledby="grid-ask-title">
      <div class="grid-ask-head">
        <h2 id="grid-ask-title">{t("grid.ask", { label })}</h2>
        <p id="grid-ask-at" class="soft" />
      </div>
      <div class="grid-ask-ink">
        <span id="grid-ask-tile" class="grid-ink" aria-hidden="true" />
      </div>
      {others.length > MANY ? (
        <p class="field">
          <label for="grid-ask-label">{t("review.other")}</label>
          <select id="grid-ask-label">
            <option value="">{t("review.otherChoose")}</option>
            {others.map((name) => (
              <option value={name}>{name}</option>
            ))}
          </select>
        </p>
      ) : (
        <div class="grid-ask-labels">
          {others.map((name) => (
            <button class="button" type="button" data-label={name}>
              {name}
            </button>
          ))}
        </div>
      )}
      <div class="grid-ask-acts">
        <button class="button" type="button" data-do="none">
          {t("draw.none")} <kbd class="key">{keyName("x", classes)}</kbd>
        </button>
        <button class="button" type="button" data-do="withdraw">
          {withdraw} <kbd class="key">⌫</kbd>
        </button>
        <button class="button button-main" type="button" data-do="leave">
          {leave} <kbd class="key">↵</kbd>
        </button>
        <button class="button" type="button" data-do="leave-all" />
        <button class="button" type="button" data-do="back">
          {t("grid.back")} <kbd class="key">Esc</kbd>
        </button>
      </div>
    </dialog>
  );
}
