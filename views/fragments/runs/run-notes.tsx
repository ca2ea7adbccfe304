/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { ANNOTATION_LIMITS, type RunAnnotations } from "../../../src/domain/runs/run-annotations.ts";
import type { Text } from "../../i18n/text.ts";
import { actorWords } from "../actor-words.ts";

/** The properties of a run's tags and note. */
export interface RunNotesProps {
  text: Text;
  annotations: RunAnnotations;
  /** Why the last change was refused, in the reader's language; null otherwise. */
  problem: string | null;
}

/** The tags and the note of a run, with forms to change them. Works without script. */
export function RunNotes({ text, annotations, problem }: RunNotesProps) {
  const { t } = text;
  const { runId, tags, note } = annotations;
  const path = `/runs/${encodeURIComponent(runId)}`;
  const htmx = (action: string) => ({ "hx-post": action, "hx-target": "#run-notes", "hx-swap": "outerHTML" });
  return (
    <section id="run-notes" class="sheet stack" aria-labelledby="run-notes-title">
      <h2 id="run-notes-title">{t("runs.notes")}</h2>
      {problem === null ? null : (
        <p class="alert" role="alert">
          {problem}
        </p>
      )}
      <form class="inline-form" method="post" action={`${path}/tags`} {...htmx(`${path}/tags`)}>
        {tags.map(({ tag }) => (
          <button
            class="chip"
            type="submit"
            name="remove"
            value={tag}
            aria-label={t("runs.removeTag", { tag })}
          >
            #{tag} ×
          </button>
        ))}
        <div class="field">
          <label for="run-tag">{t("runs.addTag")}</label>
          <input id="run-tag" name="add" maxlength={ANNOTATION_LIMITS.tagLength} autocomplete="off" />
        </div>
        <button class="button" type="submit">
          {t("runs.add")}
        </button>
      </form>
      <form class="stack" method="post" action={`${path}/note`} {...htmx(`${path}/note`)}>
        <div class="field">
          <label for="run-note">{t("runs.note")}</label>
          <textarea id="run-note" name="note" rows={3} maxlength={ANNOTATION_LIMITS.noteLength}>
            {note?.text ?? ""}
          </textarea>
          {note === null ? null : (
            <span class="small soft">
              {t("runs.noteBy", {
                who: actorWords(text, note.by),
                at: text.dateTime(note.at),
              })}
            </span>
          )}
        </div>
        <p>
          <button class="button" type="submit">
            {t("runs.saveNote")}
          </button>
        </p>
      </form>
    </section>
  );
}
