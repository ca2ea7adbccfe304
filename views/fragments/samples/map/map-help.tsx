/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { keyName } from "../../../assets/label/keys.ts";
import type { Text } from "../../../i18n/text.ts";
import { ranges } from "../../class-words.ts";
import { type KeyRow, KeysDialog } from "../../keys-dialog.tsx";

/** The keys of the map. */
export function MapHelp({ text, classes }: { text: Text; classes: readonly string[] }) {
  const { t } = text;
  const free = (key: string) => (classes.includes(key) ? [] : [key]);
  const rows: KeyRow[] = [
    { keys: ["←", "→", "↑", "↓"], does: t("map.key.move") },
    { keys: ["Shift+→", "Shift+↓"], does: t("map.key.size") },
    { keys: [t("help.key.enter")], does: t("map.key.select") },
    { keys: [`Shift+${t("help.key.enter")}`], does: t("map.key.add") },
    { keys: [t("help.key.space")], does: t("map.key.toggle") },
    { keys: [...free("+"), ...free("-"), "Home"], does: t("map.key.zoom") },
    { keys: ["Esc"], does: t("sheet.key.clear") },
    { keys: ranges(classes.filter((name) => [...name].length === 1)), does: t("sheet.key.label") },
    { keys: [keyName("x", classes)], does: t("sheet.key.none") },
    { keys: [t("help.key.backspace")], does: t("sheet.key.withdraw") },
    { keys: [keyName("u", classes), "Ctrl+Z"], does: t("sheet.key.undo") },
    { keys: [keyName("h", classes)], does: t("help.help") },
  ];
  return <KeysDialog text={text} rows={rows} />;
}
