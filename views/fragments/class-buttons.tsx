/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { classKeys } from "../assets/draw/keys/class-keys.ts";
import { hasFinder } from "../assets/draw/keys/keys.ts";
import type { Text } from "../i18n/text.ts";

/** Number of labels above which they scroll in a separate box. */
const MANY = 40;

/** "digits" for the ten, "short" for names of one or two characters, else "long": how wide a label's button is. */
export function nameLength(classes: readonly string[]): string {
  if (classes.length === 10 && classes.every((name) => name.length === 1)) return "digits";
  return classes.every((name) => [...name].length <= 2) ? "short" : "long";
}

/** A button for each class, with its keys, and the field that finds those that no keyboard has. */
export function ClassButtons({ text, classes }: { text: Text; classes: readonly string[] }) {
  const { t } = text;
  const keys = classKeys(classes);
  return (
    <>
      {hasFinder(classes) ? (
        <div class="field">
          {" "}
          <input
            id="finder"
            type="search"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            aria-label={t("draw.find")}
            placeholder={t("draw.find")}
          />
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid in every browser */}
      <div
        class="digits"
        role="group"
        aria-label={t("draw.digits")}
        data-many={String(classes.length > MANY)}
      >
        {classes.map((digit) => (
          <LabelButton text={text} digit={digit} keys={keys.get(digit) ?? digit} />
        ))}
      </div>
    </>
  );
}

/** @param keys those that give this label: shown where they are not the label's own. */
function LabelButton({ text: { t }, digit, keys }: { text: Text; digit: string; keys: string }) {
  const isOwn = keys === digit;
  return (
    <button
      class="button"
      type="button"
      data-do="label"
      data-label={digit}
      data-keys={isOwn ? undefined : keys}
      aria-label={isOwn ? t("draw.labelAs", { digit }) : t("draw.labelAsKeys", { digit, keys })}
    >
      {digit}
    </button>
  );
}
