/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { classKeys } from "../../assets/draw/keys/class-keys.ts";
import { hasFinder, isTaken } from "../../assets/draw/keys/keys.ts";
import { queueKeyName } from "../../assets/queue/keys.ts";
import type { Text } from "../../i18n/text.ts";
import { ranges } from "../class-words.ts";
import { type KeyRow, KeysDialog } from "../keys-dialog.tsx";

/** The keys of the queue of unlabelled drawings. */
export function QueueHelp({ text, classes }: { text: Text; classes: readonly string[] }) {
  const { t } = text;
  const onKeys = classes.filter((name) => [...name].length === 1);
  const several = [...classKeys(classes)].filter(([name, keys]) => keys !== name);
  const rows: KeyRow[] = [
    { keys: [t("help.key.enter")], does: t("queue.key.accept") },
    { keys: ranges(onKeys), does: t("queue.key.digits") },
    {
      keys: several.slice(0, 1).map(([, keys]) => keys),
      does: t("queue.key.several", { label: several[0]?.[0] ?? "" }),
    },
    ...(hasFinder(classes) ? [{ keys: isTaken("/", classes) ? [] : ["/"], does: t("help.find") }] : []),
    { keys: [queueKeyName("x", classes)], does: t("queue.key.none") },
    { keys: [t("help.key.backspace")], does: t("queue.key.discard") },
    { keys: [t("help.key.space")], does: t("queue.key.skip") },
    { keys: [queueKeyName("u", classes), "Ctrl+Z"], does: t("queue.key.undo") },
    { keys: [queueKeyName("h", classes), ...(isTaken("?", classes) ? [] : ["?"])], does: t("help.help") },
  ];
  return <KeysDialog text={text} rows={rows} />;
}
