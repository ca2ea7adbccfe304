/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { ImportState, ImportTotals } from "../../../src/domain/samples/sample-files.ts";
import { sentenceWords } from "../../i18n/saying-words.ts";
import type { Text } from "../../i18n/text.ts";

/** The progress of an import, which asks for itself until it is done, and its result with the undo. */
export function ImportStateView({ text, id, state }: { text: Text; id: string; state: ImportState }) {
  const { t, number } = text;
  if (state.step === "failed") return <p class="alert">{sentenceWords(text, "failure", state)}</p>;
  if (state.step === "done") return <Done text={text} {...state} />;
  const [done, total] = "done" in state ? [state.done, Math.max(1, state.total)] : [0, 1];
  const words =
    state.step === "stored"
      ? t("sheet.importStored", { n: number(done) })
      : t("sheet.importChecked", { n: number(done) });
  return (
    <div
      hx-get={`/samples/imports/${id}?state=1`}
      hx-trigger="load delay:400ms"
      hx-target="#import-state"
      class="stack"
    >
      <p>{words}</p>
      {/* Two passes: all rows are checked before the first is stored. */}
      <progress
        max={2 * total}
        value={state.step === "stored" ? total + done : done}
        aria-label={t("sheet.importProgress")}
      />
    </div>
  );
}

const COUNTED = [
  "unlabelled",
  "known",
  "replaced",
  "kept",
  "forgotten",
  "left_out",
  "other_side",
] as const satisfies readonly (keyof ImportTotals)[];

function Done({ text, file, totals, action }: Extract<ImportState, { step: "done" }> & { text: Text }) {
  const { t, number } = text;
  const more = COUNTED.filter((name) => totals[name] > 0);
  return (
    <div class="stack" id="import-done">
      <p>
        <b>{t("sheet.importDone", { n: number(totals.imported), file })}</b>
      </p>
      {more.length === 0 ? null : (
        <ul class="plain-list">
          {more.map((name) => (
            <li>{t(`sheet.importDone.${name}`, { n: number(totals[name]) })}</li>
          ))}
        </ul>
      )}
      <p class="pager">
        <a class="button button-main" href="/samples?source=import">
          {t("sheet.importShow")}
        </a>
        {action === null ? null : (
          <form method="post" action={`/samples/actions/${action.id}/undo`} data-sheet-form>
            <button class="button" type="submit">
              {t("sheet.importUndo")}
            </button>
          </form>
        )}
      </p>
    </div>
  );
}
