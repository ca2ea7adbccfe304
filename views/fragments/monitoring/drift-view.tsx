/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { DriftCheck } from "../../../src/domain/monitoring/drift.ts";
import type { Text } from "../../i18n/text.ts";
import type { MonitoringProps } from "./live-accuracy.tsx";
import { measureName } from "./measure-words.ts";

/** Whether the drawings have drifted, the last check by measure, and what they are compared with. */
export function DriftView({ text, overview }: MonitoringProps) {
  const { t, number, duration } = text;
  const { drift, unchecked, limits, liveVersion } = overview;
  const check = drift?.lastCheck;
  return (
    <section class="sheet monitor-sheet" aria-labelledby="drift-title">
      <h2 id="drift-title">{t("monitoring.drift")}</h2>
      <p class={drift?.isDetected === true ? "alert" : undefined}>{stateWords(text, overview)}</p>
      {check === undefined ? null : <CheckTable text={text} check={check} limits={limits} />}
      {liveVersion === null ? null : (
        <p class="small soft">
          {t("monitoring.nextCheck", {
            n: number(unchecked),
            min: number(limits.minPredictions),
            time: duration(limits.minSeconds * 1000),
          })}{" "}
          {referenceWords(text, overview)}
        </p>
      )}
    </section>
  );
}

function stateWords(text: Text, { drift, liveVersion, limits }: MonitoringProps["overview"]): string {
  const { t, number } = text;
  if (liveVersion === null) return t("monitoring.noModel");
  if (drift === null) return t("monitoring.noCheck", { min: number(limits.minPredictions) });
  const { isDetected, measures, since, lastCheck } = drift;
  if (!isDetected)
    return t("monitoring.noDrift", { time: text.dateTime(lastCheck.to), n: number(lastCheck.n) });
  return t("monitoring.drifted", {
    measures: measures.map((measure) => measureName(text, measure)).join(t("text.comma")),
    time: text.dateTime(since ?? lastCheck.to),
  });
}

function referenceWords(text: Text, { reference, liveVersion }: MonitoringProps["overview"]): string {
  const { t, number } = text;
  if (reference === null) return t("monitoring.noReference", { version: liveVersion ?? 0 });
  const figures = {
    version: reference.modelVersion,
    drawings: number(reference.drawings),
    builtIn: number(reference.builtIn),
  };
  switch (reference.source) {
    case "training":
      return t("monitoring.referenceTraining", figures);
    case "built_in":
      return t("monitoring.referenceBuiltIn", figures);
    case "both":
      return t("monitoring.referenceBoth", figures);
  }
}

function CheckTable({
  text,
  check,
  limits,
}: {
  text: Text;
  check: DriftCheck;
  limits: MonitoringProps["overview"]["limits"];
}) {
  const { t, number } = text;
  return (
    <div class="table-wrap" tabindex={0}>
      <table>
        <caption>
          {t("monitoring.checkCaption", {
            from: text.dateTime(check.from),
            to: text.dateTime(check.to),
            n: number(check.n),
            psi: number(limits.psi, 2),
            js: number(limits.js, 2),
          })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t("monitoring.measureName")}</th>
            <th scope="col" class="num">
              {t("monitoring.psi")}
            </th>
            <th scope="col" class="num">
              {t("monitoring.js")}
            </th>
            <th scope="col">{t("monitoring.breach")}</th>
          </tr>
        </thead>
        <tbody>
          {check.divergences.map(({ measure, psi, js, isBreach }) => (
            <tr>
              <th scope="row">{measureName(text, measure)}</th>
              <td class="num">{number(psi, 3)}</td>
              <td class="num">{number(js, 3)}</td>
              <td class="nowrap">{t(isBreach ? "monitoring.isBreach" : "monitoring.isNoBreach")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
