/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { keyName } from "../../assets/label/keys.ts";
import type { Text } from "../../i18n/text.ts";
import { ranges } from "../class-words.ts";
import { type KeyRow, KeysDialog } from "../keys-dialog.tsx";
import type { GridSource } from "./grid-path.ts";

/** The keys of the grid. */
export function GridHelp({
  text,
  classes,
  source,
}: {
  text: Text;
  classes: readonly string[];
  source: GridSource;
}) {
  const { t } = text;
  const isPool = source === "unlabelled";
  const onKeys = classes.filter((name) => [...name].length === 1);
  const rows: KeyRow[] = [
    { keys: ["←", "→", "↑", "↓"], does: t("grid.key.move") },
    { keys: [t("help.key.space")], does: t("grid.key.mark") },
    { keys: ["Shift+→"], does: t("grid.key.range") },
    { keys: ranges(onKeys), does: t("grid.key.label") },
    { keys: [keyName("x", classes)], does: t("grid.key.none") },
    { keys: [t("help.key.backspace")], does: t(isPool ? "grid.pool.key.discard" : "grid.key.withdraw") },
    { keys: [t("help.key.enter")], does: t(isPool ? "grid.pool.key.accept" : "grid.key.confirm") },
    { keys: ["Esc"], does: t("grid.key.clear") },
    { keys: [keyName("u", classes), "Ctrl+Z"], does: t("grid.key.undo") },
    { keys: [keyName("h", classes)], does: t("help.help") },
  ];
  return <KeysDialog text={text} rows={rows} />;
}
