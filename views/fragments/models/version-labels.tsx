/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { NamedModel } from "../../../src/domain/model.ts";
import type { Text } from "../../i18n/text.ts";

/** Aliases that only the program moves. */
const RESERVED = ["champion", "challenger", "base"];

/** The aliases, tags and note of a version, with the forms that change them. Works without script. */
export function VersionLabels({ text, model }: { text: Text; model: NamedModel }) {
  const { t } = text;
  const { version, aliases, tags, note, state } = model;
  return (
    <section class="sheet stack" aria-labelledby="labels-title">
      <h2 id="labels-title">{t("registry.labels")}</h2>
      <div class="field">
        <h3>{t("registry.aliases")}</h3>
        <ul class="chips">
          {aliases.map((alias) => (
            <Chip
              text={text}
              name={alias}
              action={`/models/${version}/aliases`}
              remove={RESERVED.includes(alias) ? null : alias}
            />
          ))}
        </ul>
        {state === "deleted" ? null : (
          <form class="inline-form" method="post" action={`/models/${version}/aliases`}>
            <div class="field">
              <label for="alias">{t("registry.newAlias")}</label>
              <input
                id="alias"
                name="alias"
                required
                maxlength={40}
                pattern="[a-z][a-z0-9_.\\-]*"
                autocomplete="off"
                autocapitalize="off"
                spellcheck={false}
                aria-describedby="alias-note"
              />
              <span id="alias-note" class="small soft">
                {t("registry.aliasHint")}
              </span>
            </div>
            <button class="button" type="submit">
              {t("registry.set")}
            </button>
          </form>
        )}
      </div>
      <div class="field">
        <h3>{t("registry.tags")}</h3>
        <ul class="chips">
          {Object.entries(tags).map(([key, value]) => (
            <Chip text={text} name={`${key}=${value}`} action={`/models/${version}/tags`} remove={key} />
          ))}
        </ul>
        <form class="inline-form" method="post" action={`/models/${version}/tags`}>
          <div class="field">
            <label for="tag">{t("registry.newTag")}</label>
            <input id="tag" name="tag" required maxlength={241} autocomplete="off" placeholder="key=value" />
          </div>
          <button class="button" type="submit">
            {t("registry.set")}
          </button>
        </form>
      </div>
      <form class="field" method="post" action={`/models/${version}/note`}>
        <label for="note">{t("registry.note")}</label>
        <textarea id="note" name="note" rows={3} maxlength={2000}>
          {note ?? ""}
        </textarea>
        <div class="ask-actions">
          <button class="button" type="submit">
            {t("registry.saveNote")}
          </button>
        </div>
      </form>
    </section>
  );
}

interface ChipProps {
  text: Text;
  name: string;
  action: string;
  /** The value that removes it; null when it cannot be removed. */
  remove: string | null;
}

function Chip({ text: { t }, name, action, remove }: ChipProps) {
  return (
    <li class="chip">
      <span>{name}</span>
      {remove === null ? null : (
        <form method="post" action={action}>
          <button
            class="chip-remove"
            type="submit"
            name="remove"
            value={remove}
            aria-label={t("registry.remove", { name })}
            title={t("registry.remove", { name })}
          >
            ×
          </button>
        </form>
      )}
    </li>
  );
}
