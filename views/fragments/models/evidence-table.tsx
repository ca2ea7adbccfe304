/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { GateRecord, PairedEvidence } from "../../../src/domain/gate.ts";
import { pValue } from "../../../src/lib/p-value.ts";
import type { MessageKey } from "../../i18n/en.ts";
import { pointsWords } from "../../i18n/figures.ts";
import type { Text } from "../../i18n/text.ts";
import { setName } from "../report.ts";

/** Columns of numbers, in their order. */
const COLUMNS: readonly { label: MessageKey; of(text: Text, one: PairedEvidence): string }[] = [
  { label: "evidence.n", of: ({ number }, { n }) => number(n) },
  { label: "evidence.candidate", of: ({ percent }, { candidate }) => percent(candidate, 2) },
  { label: "evidence.other", of: ({ percent }, { other }) => percent(other, 2) },
  { label: "evidence.fixed", of: ({ number }, { fixed }) => number(fixed) },
  { label: "evidence.broken", of: ({ number }, { broken }) => number(broken) },
  { label: "evidence.p", of: (_, { p }) => pValue(p) },
  { label: "evidence.bound", of: (text, { bound }) => pointsWords(text, bound, true) },
  { label: "evidence.interval", of: intervalWords },
];

/** Where the models never disagree, resampling gives no width, which is not the same as certainty. */
function intervalWords(text: Text, { low, high, fixed, broken }: PairedEvidence): string {
  if (fixed + broken === 0) return text.t("value.none");
  return text.t("evidence.from", { low: signed(text, low), high: pointsWords(text, high, true) });
}

function signed(text: Text, difference: number): string {
  const rounded = text.number(difference * 100, 2).replace(/^-0\.00$/, "0.00");
  return difference > 0 && rounded !== "0.00" ? `+${rounded}` : rounded;
}

/** The comparisons behind the gate's decision, and the recalls of each class, folded. Nothing for an older record. */
export function Evidence({ text, gate }: { text: Text; gate: GateRecord | null }) {
  const { t } = text;
  const evidence = gate?.evidence ?? [];
  if (evidence.length === 0) return null;
  return (
    <section class="sheet stack" aria-labelledby="evidence-title">
      <h2 id="evidence-title">{t("evidence.title")}</h2>
      <div class="table-wrap" tabindex={0}>
        <table class="cards evidence-table">
          <caption>{t("evidence.caption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("evidence.set")}</th>
              <th scope="col">{t("evidence.against")}</th>
              {COLUMNS.map(({ label }) => (
                <th scope="col" class="num">
                  {t(label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {evidence.map((one) => (
              <tr>
                <th scope="row">{setName(text, one.set)}</th>
                <td data-label={t("evidence.against")}>{t(`evidence.against.${one.against}`)}</td>
                {COLUMNS.map(({ label, of }) => (
                  <td data-label={t(label)} class="num">
                    {of(text, one)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="soft small">{t("evidence.note")}</p>
      <div>
        {evidence.map((one) => (one.classes.length === 0 ? null : <Recalls text={text} evidence={one} />))}
      </div>
    </section>
  );
}

function Recalls({ text, evidence }: { text: Text; evidence: PairedEvidence }) {
  const { t, number, percent } = text;
  const { set, against, classes } = evidence;
  const other = t(`evidence.against.${against}`);
  return (
    <details class="recalls">
      <summary>
        {t("evidence.classes")}
        {t("text.colon")}
        {t("evidence.classesOf", { set: setName(text, set), other })}
      </summary>
      <div class="table-wrap" tabindex={0}>
        <table class="recall-table">
          <caption>{t("evidence.recallCaption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("model.class")}</th>
              <th scope="col" class="num">
                {t("evidence.n")}
              </th>
              <th scope="col" class="num">
                {other}
              </th>
              <th scope="col" class="num">
                {t("evidence.candidate")}
              </th>
              <th scope="col" class="num">
                {t("evidence.change")}
              </th>
            </tr>
          </thead>
          <tbody>
            {classes.map((row) => (
              <tr>
                <th scope="row">{row.label}</th>
                <td class="num">{number(row.n)}</td>
                <td class="num">{percent(row.other, 2)}</td>
                <td class="num">{percent(row.candidate, 2)}</td>
                <td class="num">{signed(text, row.candidate - row.other)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
