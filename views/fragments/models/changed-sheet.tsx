/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Text } from "../../i18n/text.ts";

/** A drawing that exactly one of two models classifies correctly. Confidences 0..1. */
export interface ChangedExample {
  label: string;
  /** Address of the image, dark ink on white. */
  src: string;
  champion: { predicted: string; confidence: number };
  candidate: { predicted: string; confidence: number };
}

/** Drawings that a candidate fixed, or broke. */
export interface ChangedKind {
  examples: readonly ChangedExample[];
  /** Number of them that were saved. */
  total: number;
  /** Address of all of them; null when all are shown. */
  href: string | null;
}

/** The drawings that changed between champion and candidate. */
export interface ChangedProps {
  fixed: ChangedKind;
  broken: ChangedKind;
}

/** The drawings that the candidate fixed and broke, side by side. */
export function ChangedDrawings({ text, changed }: { text: Text; changed: ChangedProps }) {
  const { t } = text;
  return (
    <section class="sheet stack" aria-labelledby="changed-title">
      <h2 id="changed-title">{t("changed.title")}</h2>
      <p class="soft small">{t("changed.legend")}</p>
      <div class="columns">
        {(["fixed", "broken"] as const).map((kind) => (
          <div class="stack">
            <h3>{t(`changed.${kind}`)}</h3>
            <ChangedSheet text={text} examples={changed[kind].examples} />
            {changed[kind].href === null ? null : (
              <p class="small">
                <a href={changed[kind].href}>{t("changed.all", { n: text.number(changed[kind].total) })}</a>
              </p>
            )}
          </div>
        ))}
      </div>
    </section>
  );
}

/** A sheet of drawings, each with its label and both predictions. */
export function ChangedSheet({ text, examples }: { text: Text; examples: readonly ChangedExample[] }) {
  const { t, percent } = text;
  if (examples.length === 0) return <p class="soft">{t("changed.none")}</p>;
  return (
    <ul class="examples changed">
      {examples.map(({ label, src, champion, candidate }) => {
        const words = t("changed.alt", {
          label,
          before: champion.predicted,
          beforePercent: percent(champion.confidence),
          after: candidate.predicted,
          afterPercent: percent(candidate.confidence),
        });
        return (
          <li class="example">
            <img src={src} alt={words} width="56" height="56" />
            <span class="example-words changed-words" aria-hidden="true">
              <b>{label}</b>
              <Reading text={text} label={label} {...champion} />
              <span class="soft">→</span>
              <Reading text={text} label={label} {...candidate} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Reading({
  text,
  label,
  predicted,
  confidence,
}: {
  text: Text;
  label: string;
  predicted: string;
  confidence: number;
}) {
  return (
    <span class="nowrap">
      <span class={predicted === label ? undefined : "example-read"}>{predicted}</span>{" "}
      <span class="soft">{text.percent(confidence, 0)}</span>
    </span>
  );
}
