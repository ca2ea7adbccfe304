/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";
import type { LastStep, QueueScope } from "./queue-path.ts";
import { ScopeFields } from "./scope-fields.tsx";

/** The last step in words, with a button that undoes a decision. */
export function LastStepLine({
  text,
  last,
  scope,
}: {
  text: Text;
  last: LastStep | null;
  scope: QueueScope;
}) {
  const undo = last !== null && "id" in last ? last : null;
  return (
    <div class="last-step">
      <p role="status" class={last === null ? "unseen" : last.did === "stale" ? "alert" : "notice"}>
        {last === null ? "" : stepWords(text, last)}
      </p>
      {undo === null ? null : (
        <form
          method="post"
          action={`/label/${undo.id}/undo`}
          hx-post={`/label/${undo.id}/undo`}
          hx-target="#queue"
          hx-swap="outerHTML"
        >
          <ScopeFields scope={scope} />
          <input type="hidden" name="was" value={undo.was} />
          <input type="hidden" name="from" value={undo.state} />
          <button class="button" type="submit" data-do="undo">
            {text.t("review.undo")}{" "}
            <span class="key" aria-hidden="true">
              u
            </span>
          </button>
        </form>
      )}
    </div>
  );
}

function stepWords({ t, number }: Text, last: LastStep): string {
  switch (last.did) {
    case "stale":
      return t("review.did.stale");
    case "undo":
      return t("review.did.undo", { was: last.was });
    case "confirmBatch":
    case "withdrawBatch":
      return t(`review.did.${last.did}`, { n: number(last.n) });
    default:
      return t(`review.did.${last.did}`, { was: last.was, label: last.label });
  }
}
