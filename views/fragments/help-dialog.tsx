/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { classKeys } from "../assets/draw/keys/class-keys.ts";
import { hasFinder, isTaken, keyName } from "../assets/draw/keys/keys.ts";
import type { Text } from "../i18n/text.ts";
import { areDigits, ranges } from "./class-words.ts";
import { type KeyRow, KeysDialog } from "./keys-dialog.tsx";

/** The keys of the Draw page; opened by h (where no class has it), ?, or its button. */
export function HelpDialog({ text, classes }: { text: Text; classes: readonly string[] }) {
  const { t } = text;
  const onKeys = classes.filter((name) => [...name].length === 1);
  const several = [...classKeys(classes)].filter(([name, keys]) => keys !== name);
  const rows: KeyRow[] = [
    { keys: ranges(onKeys), does: areDigits(classes) ? t("help.digits") : t("help.labels") },
    {
      keys: several.slice(0, 1).map(([, keys]) => keys),
      does: t("help.several", { label: several[0]?.[0] ?? "" }),
    },
    ...(hasFinder(classes) ? [{ keys: isTaken("/", classes) ? [] : ["/"], does: t("help.find") }] : []),
    { keys: [t("help.key.enter")], does: t("help.accept") },
    { keys: [keyName("x", classes)], does: areDigits(classes) ? t("help.none") : t("help.noneOf") },
    { keys: [t("help.key.backspace")], does: t("help.undo") },
    { keys: [t("help.key.space")], does: t("help.clear") },
    { keys: [keyName("v", classes)], does: t("help.explain") },
    { keys: [keyName("r", classes)], does: t("help.recent") },
    { keys: [t("help.key.left"), t("help.key.right")], does: t("help.arrows") },
    { keys: [t("help.key.enter"), t("help.key.backspace")], does: t("help.correct") },
    { keys: [t("help.key.escape")], does: t("help.escape") },
    { keys: [keyName("h", classes), ...(isTaken("?", classes) ? [] : ["?"])], does: t("help.help") },
  ];
  return (
    <KeysDialog text={text} rows={rows}>
      <p class="small soft">{t("help.note")}</p>
      <p>
        <a href="/docs">{t("docs.title")}</a>
      </p>
    </KeysDialog>
  );
}
