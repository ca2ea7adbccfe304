/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Replay, ReplayCounts, ReplayResult } from "../../../src/domain/trials/replay.ts";
import { ChartTable } from "../../charts/chart-table.tsx";
import type { Text } from "../../i18n/text.ts";

/** The replays since the server started, newest first. */
export function ReplayResults({ text, replays }: { text: Text; replays: readonly Replay[] }) {
  const { t, number } = text;
  if (replays.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="replays-title" aria-live="polite">
      <h2 id="replays-title">{t("replay.title")}</h2>
      {replays.map(({ version, last, state, result, error }) => (
        <div id={`replay-${version}`}>
          {state === "running" ? (
            <p class="notice">{t("replay.running", { version, last: number(last) })}</p>
          ) : null}
          {state === "failed" ? (
            <p class="alert">{t("replay.failed", { version, error: error ?? "" })}</p>
          ) : null}
          {result === null ? null : <Result text={text} result={result} />}
        </div>
      ))}
    </section>
  );
}

function Result({ text, result }: { text: Text; result: ReplayResult }) {
  const { t, number } = text;
  const { version, champion, unseen, classes } = result;
  const cells = ({ n, otherOnly, championOnly }: ReplayCounts) =>
    [n, otherOnly, championOnly].map((count) => number(count));
  return (
    <div class="sheet stack">
      <div class="table-wrap" tabindex={0}>
        <table>
          <caption>{t("replay.caption", { version, champion, n: number(result.n) })}</caption>
          <thead>
            <tr>
              <th scope="col">{t("replay.column.set")}</th>
              {(["n", "wins", "losses", "p"] as const).map((column) => (
                <th scope="col" class="num">
                  {t(`replay.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(
              [
                ["replay.row.all", result],
                ["replay.row.unseen", unseen],
              ] as const
            ).map(([key, counts]) => (
              <tr>
                <th scope="row">{t(key)}</th>
                {cells(counts).map((cell) => (
                  <td class="num">{cell}</td>
                ))}
                <td class="num">{counts.p < 0.001 ? counts.p.toExponential(1) : number(counts.p, 3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ChartTable
        summary={t("trials.classes")}
        caption={t("trials.classesCaption")}
        columns={[
          ...[t("trials.column.class"), t("trials.column.drawings")],
          ...[t("replay.column.wins"), t("replay.column.losses")],
        ]}
        rows={Object.entries(classes).map(([label, counts]) => [label, ...cells(counts)])}
      />
    </div>
  );
}
