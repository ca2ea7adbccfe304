/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { keyName } from "../../assets/label/keys.ts";
import type { Text } from "../../i18n/text.ts";
import { ranges } from "../class-words.ts";
import { type KeyRow, KeysDialog } from "../keys-dialog.tsx";

/** The keys of the sheet. */
export function SheetHelp({ text, classes }: { text: Text; classes: readonly string[] }) {
  const { t } = text;
  const onKeys = classes.filter((name) => [...name].length === 1);
  const rows: KeyRow[] = [
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
  return <KeysDialog text={text} rows={rows} />;
}
