/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type {
  ImportChoices,
  ImportPreview,
  ImportProblem,
} from "../../../src/domain/samples/sample-files.ts";
import { ON_CONFLICT } from "../../../src/domain/samples/sample-import.ts";
import type { Sentence } from "../../../src/lib/saying.ts";
import { sentenceWords } from "../../i18n/saying-words.ts";
import type { Text } from "../../i18n/text.ts";

/** The properties of the preview of an import. */
export interface ImportPreviewProps {
  text: Text;
  id: string;
  preview: ImportPreview;
  choices: ImportChoices;
  /** One image with the first drawings, 12 in a row. */
  sprite: string;
  /** Why the import with these choices stored nothing, when it was tried. */
  refused?: Sentence | undefined;
}

/** The content of an upload, with the choices of its import: the content of `#import-state`. */
export function ImportPreviewView(props: ImportPreviewProps) {
  const { text, id, preview, refused } = props;
  const { t, number } = text;
  const canImport = preview.refusal === null && preview.rows + preview.unlabelled > 0;
  return (
    <div class="stack" id="import-preview">
      <h3>{preview.files.join(t("text.comma"))}</h3>
      <p class="small soft">
        {text.bytes(preview.bytes)}
        {preview.kind === null ? null : `${t("text.comma")}${t(`sheet.kind.${kindOf(preview.kind)}`)}`}
      </p>
      {refused === undefined ? null : <p class="alert">{sentenceWords(text, "failure", refused)}</p>}
      {preview.refusal === null ? null : (
        <p class="alert">
          {t("sheet.importRefused", { reason: sentenceWords(text, "failure", preview.refusal) })}
        </p>
      )}
      {preview.images.length === 0 ? null : <Images {...props} />}
      <dl class="facts">
        <dt>{t("sheet.importRows")}</dt>
        <dd>{number(preview.rows)}</dd>
        {preview.labels.length === 0 ? null : (
          <>
            <dt>{t("samples.label")}</dt>
            <dd class="import-labels">
              {preview.labels.map(({ label, n }) => (
                <span>
                  <b>{label ?? t("draw.none")}</b> {number(n)}
                </span>
              ))}
            </dd>
          </>
        )}
        {preview.unlabelled === 0 ? null : (
          <>
            <dt>{t("sheet.importUnlabelled")}</dt>
            <dd>{t("sheet.importToQueue", { n: number(preview.unlabelled) })}</dd>
          </>
        )}
        {preview.rows + preview.unlabelled === 0 ? null : (
          <>
            <dt>{t("sheet.polarity")}</dt>
            <dd>{polarityWords(text, preview)}</dd>
          </>
        )}
        {preview.blank === 0 ? null : (
          <>
            <dt>{t("sheet.importBlank")}</dt>
            <dd>{number(preview.blank)}</dd>
          </>
        )}
      </dl>
      <Problems
        text={text}
        title={t("sheet.importProblems", { n: number(preview.problems) })}
        n={preview.problems}
        named={preview.named}
        isNamed
      />
      <Problems
        text={text}
        title={t("sheet.importConflicts", { n: number(preview.conflicts) })}
        n={preview.conflicts}
        named={preview.namedConflicts}
      />
      <Choices {...props} canImport={canImport} />
      <form
        method="post"
        action={`/samples/imports/${id}/remove`}
        hx-post={`/samples/imports/${id}/remove`}
        hx-target="#import-state"
      >
        <button class="button" type="submit">
          {t("sheet.importRemove")}
        </button>
      </form>
    </div>
  );
}

const KINDS = ["zip", "ndjson", "idx", "csv", "pickle", "label-studio"] as const;

function kindOf(kind: string): (typeof KINDS)[number] {
  return KINDS.find((known) => known === kind) ?? "ndjson";
}

function polarityWords({ t, number }: Text, { rows, unlabelled, inverted, scaled }: ImportPreview): string {
  const ground =
    inverted === 0
      ? t("sheet.polarity.light")
      : inverted >= rows + unlabelled
        ? t("sheet.polarity.dark")
        : t("sheet.polarity.mixed", { n: number(inverted) });
  return scaled === 0 ? ground : t("text.joined", { first: ground, next: t("sheet.polarity.scaled") });
}

function Images({ text, preview, sprite }: ImportPreviewProps) {
  const words = preview.images.map(({ label, isUnlabelled }) =>
    isUnlabelled ? text.t("sheet.importNoLabel") : (label ?? text.t("draw.none")),
  );
  return (
    <figure class="import-images">
      <img src={sprite} alt={text.t("sheet.importImages", { labels: words.join(text.t("text.comma")) })} />
      <figcaption class="small soft">{text.t("sheet.importLabels", { labels: words.join(" ") })}</figcaption>
    </figure>
  );
}

function Problems({
  text,
  title,
  n,
  named,
  isNamed = false,
}: {
  text: Text;
  title: string;
  n: number;
  named: readonly ImportProblem[];
  /** Whether each message names its row. */
  isNamed?: boolean;
}) {
  const { t, number } = text;
  if (n === 0) return null;
  return (
    <details open class="import-problems">
      <summary>{title}</summary>
      <ul class="plain-list">
        {named.map((problem) => {
          const message = sentenceWords(text, "failure", problem);
          return <li>{isNamed ? message : t("sheet.importRow", { at: problem.at, message })}</li>;
        })}
        {n > named.length ? <li>{t("sheet.importMore", { n: number(n - named.length) })}</li> : null}
      </ul>
    </details>
  );
}

function Choices({ text, id, preview, choices, canImport }: ImportPreviewProps & { canImport: boolean }) {
  const { t, number } = text;
  const again = {
    "hx-get": `/samples/imports/${id}`,
    "hx-trigger": "change",
    "hx-target": "#import-state",
  };
  return (
    <form
      class="stack"
      method="post"
      action={`/samples/imports/${id}`}
      hx-post={`/samples/imports/${id}`}
      hx-target="#import-state"
    >
      <div class="filter-row" {...again} hx-include="closest form">
        <div class="field">
          <label for="import-writer">{t("sheet.importWriter")}</label>
          <input
            id="import-writer"
            name="writer"
            value={choices.writer ?? ""}
            maxlength={100}
            autocomplete="off"
          />
        </div>
        <div class="field">
          <label for="import-offset">{t("sheet.importOffset")}</label>
          <select id="import-offset" name="label_offset">
            {["", "0", "1"].map((value) => (
              <option value={value} selected={value === String(choices.labelOffset ?? "")}>
                {t(`sheet.importOffset.${value === "" ? "none" : value === "0" ? "zero" : "one"}`)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="import-conflict">{t("sheet.importConflict")}</label>
          <select id="import-conflict" name="on_conflict">
            {ON_CONFLICT.map((value) => (
              <option value={value} selected={value === choices.onConflict}>
                {t(`sheet.importConflict.${value}`)}
              </option>
            ))}
          </select>
        </div>
        <label class="check">
          <input type="checkbox" name="transposed" value="true" checked={choices.isTransposed} />{" "}
          {t("sheet.importTransposed")}
        </label>
      </div>
      <p>
        <button class="button button-main" type="submit" disabled={!canImport}>
          {t("sheet.importNow", { n: number(preview.rows + preview.unlabelled) })}
        </button>
      </p>
    </form>
  );
}
