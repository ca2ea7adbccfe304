/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { ModelChange } from "../../../src/domain/model-change.ts";
import type { MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";
import { actorWords } from "../actor-words.ts";

const WORDS: Readonly<Record<ModelChange["what"], MessageKey>> = {
  alias_set: "registry.change.alias_set",
  alias_removed: "registry.change.alias_removed",
  tag_set: "registry.change.tag_set",
  tag_removed: "registry.change.tag_removed",
  note: "registry.change.note",
  deleted: "registry.change.deleted",
  pruned: "registry.change.pruned",
  imported: "registry.change.imported",
};

/** The changes to a version, newest first, each with its actor; nothing when there are none. */
export function ChangesList({ text, changes }: { text: Text; changes: readonly ModelChange[] }) {
  const { t } = text;
  if (changes.length === 0) return null;
  return (
    <section class="sheet" aria-labelledby="changes-title">
      <h2 id="changes-title">{t("registry.changes")}</h2>
      <ul class="changes">
        {changes.map(({ what, detail, actor, createdAt }) => (
          <li>
            <span>{t(WORDS[what], { detail })}</span>
            <span class="small soft">
              <time datetime={createdAt}>{text.dateTime(createdAt)}</time>
              {t("text.comma")}
              {actorWords(text, actor)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
