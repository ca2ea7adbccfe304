/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { StoredTick } from "../../../src/domain/scheduler/tick.ts";
import { en, type MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";
import { tickWords } from "./tick-words.ts";

/** The decisions of one page. */
export interface TicksTableProps {
  text: Text;
  /** Newest first. */
  ticks: readonly StoredTick[];
}

/** The last decisions with their reasons. */
export function TicksTable({ text, ticks }: TicksTableProps) {
  const { t } = text;
  if (ticks.length === 0) return <p class="sheet soft">{t("scheduler.ticks.none")}</p>;
  return (
    <div class="table-wrap" tabindex={0}>
      <table class="cards">
        <caption>{t("scheduler.ticksCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("scheduler.ticks.column.at")}</th>
            <th scope="col">{t("scheduler.ticks.column.decision")}</th>
            <th scope="col">{t("scheduler.ticks.column.reason")}</th>
          </tr>
        </thead>
        <tbody>
          {ticks.map(({ seq, at, decision, detail, says }) => (
            <tr id={`tick-${seq}`}>
              <th scope="row">
                <time datetime={at}>{text.dateTime(at)}</time>
              </th>
              <td data-label={t("scheduler.ticks.column.decision")} class="nowrap">
                {decisionWords(text, decision)}
              </td>
              <td data-label={t("scheduler.ticks.column.reason")}>
                {tickWords(text, { message: detail, says })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A decision in words; one of another release is unchanged. */
function decisionWords({ t }: Text, decision: string): string {
  const key = `scheduler.tick.${decision}`;
  return Object.hasOwn(en, key) ? t(key as MessageKey) : decision;
}
