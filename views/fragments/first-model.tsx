/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { FirstModelProgress } from "../../src/scheduler/first-model.ts";
import type { Text } from "../i18n/text.ts";

/** Progress towards a project's first model. */
export interface FirstModelProps extends FirstModelProgress {
  text: Text;
  isPaused: boolean;
  /** Time (ISO 8601) before which no training starts, after failures. */
  notBefore: string | null;
}

/**
 * A project without a model: the number of labelled drawings that it needs, in total and per class, and the current
 * number. The page's script recognises by `data-model` whether there is anything to ask.
 */
export function FirstModel(props: FirstModelProps) {
  const { text, perClass, total, classes, n, heldOut } = props;
  const { t, number } = text;
  return (
    <div class="learning-live" id="learning-first" data-model={answererOf(props)}>
      <p class="learning-line">
        <strong>{t("first.none")}</strong>
        <span class="nowrap">{t("first.count", { n: number(n), total: number(total) })}</span>
      </p>
      <progress max={total} value={Math.min(n, total)} aria-label={t("first.progress")} />
      <p class="small soft">{t("first.needs", { n: number(perClass) })}</p>
      <p class="small soft">{t(answererOf(props) === "memory" ? "first.byMemory" : "first.memoryFrom")}</p>
      <ul class="first-classes" aria-label={t("first.byClass")} tabindex={0}>
        {classes.map((one) => (
          <li data-done={String(one.n >= one.of)}>
            <b>{one.label}</b> <span>{t("first.ofClass", { n: number(one.n), of: number(one.of) })}</span>
          </li>
        ))}
      </ul>
      <p class="learning-detail">
        <Standing {...props} />
        {heldOut > 0 ? <span>{t("first.heldOut", { n: number(heldOut) })}</span> : null}
      </p>
    </div>
  );
}

/** "memory" when labelled drawings answer until there is a model: each class has one; otherwise "none". */
export function answererOf({ classes }: Pick<FirstModelProgress, "classes">): "memory" | "none" {
  return classes.every(({ n }) => n > 0) ? "memory" : "none";
}

function Standing({ text, isEnough, isPaused, notBefore }: FirstModelProps) {
  const { t } = text;
  if (isPaused) return <span>{t("status.paused")}</span>;
  if (!isEnough) return null;
  if (notBefore === null) return <span>{t("first.soon")}</span>;
  return <span>{t("status.notBefore", { time: text.time(notBefore) })}</span>;
}
