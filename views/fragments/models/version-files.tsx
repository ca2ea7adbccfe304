/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { NamedModel } from "../../../src/domain/model.ts";
import type { Sentence } from "../../../src/lib/saying.ts";
import { sentenceWords } from "../../i18n/saying-words.ts";
import type { Text } from "../../i18n/text.ts";
import { Ask } from "../ask.tsx";

/** A version, and what needs its files. */
export interface VersionFilesProps {
  text: Text;
  model: NamedModel;
  liveVersion: number | null;
  /** Empty when it can be deleted. */
  neededBy: readonly Sentence[];
}

/** Export, comparison and removal of a version. */
export function VersionFiles({ text, model, liveVersion, neededBy }: VersionFilesProps) {
  const { t } = text;
  const { version, state } = model;
  const before = model.parentVersion ?? (version > 1 ? 1 : null);
  const other = liveVersion === null || liveVersion === version ? before : liveVersion;
  return (
    <section class="sheet stack" aria-labelledby="files-title">
      <h2 id="files-title">{t("registry.files")}</h2>
      {state === "deleted" ? <p>{t("registry.deletedText")}</p> : null}
      <form class="inline-form" method="get" action={`/models/${version}/diff`}>
        <div class="field">
          <label for="with">{t("registry.compareWith")}</label>
          <input
            id="with"
            name="with"
            required
            maxlength={40}
            value={other ?? ""}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
          />
        </div>
        <button class="button" type="submit">
          {t("registry.compare")}
        </button>
      </form>
      {state === "deleted" ? null : (
        <div class="pager">
          <a class="button" href={`/models/${version}/export`}>
            {t("registry.export")}
          </a>
          {neededBy.length > 0 ? null : (
            <Ask
              text={text}
              id={`delete-${version}`}
              opener={t("registry.delete")}
              title={t("registry.deleteTitle", { version })}
              action={`/models/${version}/delete`}
              confirm={t("registry.deleteNow")}
              isGrave
            >
              <p>{t("registry.deleteText")}</p>
            </Ask>
          )}
        </div>
      )}
      {neededBy.length === 0 ? null : (
        <div>
          <p class="soft">{t("registry.neededBy")}</p>
          <ul class="list">
            {neededBy.map((reason) => (
              <li>{sentenceWords(text, "failure", reason)}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
