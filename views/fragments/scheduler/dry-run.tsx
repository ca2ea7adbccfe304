/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { SchedulerOutlook } from "../../../src/scheduler/status.ts";
import type { Text } from "../../i18n/text.ts";
import { tickWords } from "./tick-words.ts";

/** The form of a dry run, and its outcome. */
export interface DryRunProps {
  text: Text;
  /** As in the field: "2026-01-02T03:00", in the reader's time zone; "" at first. */
  at: string;
  outcome: SchedulerOutlook | null;
  error: string | null;
}

/** Asks for a time, and shows what the scheduler would do then. */
export function DryRun({ text, at, outcome, error }: DryRunProps) {
  const { t } = text;
  return (
    <section class="sheet stack" aria-labelledby="scheduler-dry-run">
      <h2 id="scheduler-dry-run">{t("scheduler.dryRun")}</h2>
      <p>{t("scheduler.dryRunText")}</p>
      <form class="dry-run" method="get" action="/scheduler#scheduler-dry-run">
        <div class="field">
          <label for="dry-run-at">{t("scheduler.dryRunAt")}</label>
          <input
            id="dry-run-at"
            name="at"
            type="datetime-local"
            required
            value={at}
            {...(error === null ? {} : { "aria-invalid": "true", "aria-describedby": "dry-run-note" })}
          />
        </div>
        <button class="button" type="submit">
          {t("scheduler.dryRunSubmit")}
        </button>
      </form>
      {error === null ? null : (
        <p id="dry-run-note" class="field-error" role="alert">
          {error}
        </p>
      )}
      {outcome === null ? null : (
        <p class="notice" role="status">
          {t(outcome.decision.decision === "start" ? "scheduler.dryRunYes" : "scheduler.dryRunNo", {
            time: text.dateTime(outcome.at),
            pipeline: outcome.decision.pipeline,
            reason: tickWords(text, outcome.decision.why),
          })}
        </p>
      )}
    </section>
  );
}
