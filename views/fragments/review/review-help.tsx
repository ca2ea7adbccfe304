/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { keyName } from "../../assets/label/keys.ts";
import type { Text } from "../../i18n/text.ts";
import { ranges } from "../class-words.ts";
import { type KeyRow, KeysDialog } from "../keys-dialog.tsx";

/** The keys of the label queue. */
export function ReviewHelp({ text, classes }: { text: Text; classes: readonly string[] }) {
  const { t } = text;
  const onKeys = classes.filter((name) => [...name].length === 1);
  const rows: KeyRow[] = [
    { keys: [t("help.key.enter")], does: t("review.key.confirm") },
    { keys: [keyName("m", classes)], does: t("review.key.reading") },
    { keys: ranges(onKeys), does: t("review.key.digits") },
    { keys: [keyName("x", classes)], does: t("review.key.none") },
    { keys: [t("help.key.backspace")], does: t("review.key.withdraw") },
    { keys: [t("help.key.space")], does: t("review.key.skip") },
    { keys: [keyName("u", classes)], does: t("review.key.undo") },
    { keys: [keyName("h", classes)], does: t("help.help") },
  ];
  return <KeysDialog text={text} rows={rows} />;
}
