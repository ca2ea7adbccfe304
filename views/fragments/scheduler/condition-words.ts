import { APPROVALS } from "../../../src/domain/scheduler/approval.ts";
import type { Condition } from "../../../src/domain/scheduler/condition.ts";
import type { Text } from "../../i18n/text.ts";

/** The value of a condition in words. */
export function conditionValue(text: Text, { name, value, holds, is_on }: Condition): string {
  const { t } = text;
  if (!is_on && value === null) return t("value.none");
  const time = () => text.dateTime(String(value));
  switch (name) {
    case "max_age":
      return value === null ? t("scheduler.value.noLabel") : text.duration(Number(value) * 1000);
    case "cron":
      if (value === null) return t("scheduler.value.cronOver");
      return t(holds ? "scheduler.value.cronDue" : "scheduler.value.cronNext", { time: time() });
    case "drift":
      return value === null
        ? t("scheduler.value.noDrift")
        : t("scheduler.value.driftSince", { time: time() });
    case "idle":
      return value === null
        ? t("scheduler.value.noRun")
        : t("scheduler.value.run", { id: String(value).slice(-8) });
    case "not_paused":
      if (holds) return t("scheduler.value.notPaused");
      return value === null
        ? t("scheduler.value.paused")
        : t("scheduler.value.pausedSince", { time: time() });
    case "min_interval":
      return value === 0
        ? t("scheduler.value.over")
        : t("scheduler.value.left", { time: text.duration(Number(value) * 1000) });
    case "quiet_hours":
      return value === null
        ? t("scheduler.value.notQuiet")
        : t("scheduler.value.quietUntil", { time: time() });
    case "approval":
      return value === null
        ? t("scheduler.value.noRequest")
        : t("scheduler.value.request", { id: String(value) });
    default:
      return plain(text, value);
  }
}

/** The threshold of a condition in words. */
export function conditionThreshold(text: Text, { name, threshold }: Condition): string {
  if (name === "approval") {
    const known = APPROVALS.find((one) => one === threshold);
    return known === undefined ? text.t("value.none") : text.t(`scheduler.approval.${known}`);
  }
  const isSeconds = name === "max_age" || name === "min_interval";
  if (isSeconds && typeof threshold === "number") return text.duration(threshold * 1000);
  return plain(text, threshold);
}

function plain({ t, number }: Text, value: Condition["value"]): string {
  if (value === null) return t("value.none");
  return typeof value === "number" ? number(value) : value;
}
