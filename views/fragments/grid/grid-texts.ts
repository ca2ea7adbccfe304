import type { Text } from "../../i18n/text.ts";
import type { GridSource } from "./grid-path.ts";

/** The words of what the page offers, which depend on what its drawings are. */
export function actWords({ t }: Text, source: GridSource, label: string) {
  if (source === "labels") {
    return {
      legend: t("grid.legend", { label }),
      confirm: t("grid.confirm"),
      confirmAnd: t("grid.confirmAnd"),
      noScript: t("grid.noScript"),
      withdraw: t("grid.withdraw"),
      leave: t("grid.leave"),
      leaveAll: t("grid.leaveAll"),
      askText: t("grid.askText"),
      askStore: t("grid.askStore"),
    };
  }
  return {
    legend: t("grid.pool.legend", { label }),
    confirm: t("grid.pool.accept", { label }),
    confirmAnd: t("grid.pool.acceptAnd", { label }),
    noScript: t("grid.pool.noScript", { label }),
    withdraw: t("queue.discard"),
    leave: t("grid.pool.leave"),
    leaveAll: t("grid.pool.leaveAll"),
    askText: t("grid.pool.askText"),
    askStore: t("grid.pool.askStore", { label }),
  };
}

/** The texts that the script fills in. */
export function clientTexts(text: Text, source: GridSource, label: string): Record<string, string> {
  const { t } = text;
  const { confirm, confirmAnd, leaveAll } = actWords(text, source, label);
  const isPool = source === "unlabelled";
  return {
    ...{ confirm, confirmAnd, leaveAll },
    marked: t("grid.marked"),
    oddAs: t("grid.oddAs"),
    none: t("grid.none"),
    withdraw: t(isPool ? "queue.discard" : "grid.withdrawn"),
    review: t(isPool ? "grid.pool.leftMark" : "grid.toReview"),
    askAt: t("grid.askAt"),
    busy: t("grid.busy"),
    failed: t("grid.failed"),
    noPictures: t(isPool ? "grid.pool.noPictures" : "grid.noPictures"),
    nothingToUndo: t("grid.nothingToUndo"),
  };
}
