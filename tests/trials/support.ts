import type { TrialRules } from "../../src/domain/trials/trial.ts";

/** The rules of `conf/base/server.yml`. */
export const RULES: TrialRules = {
  falseAlarmRate: 0.0001,
  maxLabels: 5_000,
  withoutDifference: "keep_champion",
  maxWriterShare: 0.25,
  unnoticedMistakes: 0.2,
};
