import type { TrialRules } from "../domain/trials/trial.ts";

/** `trial` of server.yml, as far as it is rules of a single trial. */
export interface TrialSettings {
  false_alarm_rate: number;
  max_labels: number;
  without_difference: TrialRules["withoutDifference"];
  max_writer_share: number;
  unnoticed_mistakes: number;
}

/** The rules of the trials that start under these settings. */
export function trialRules(settings: TrialSettings): TrialRules {
  return {
    falseAlarmRate: settings.false_alarm_rate,
    maxLabels: settings.max_labels,
    withoutDifference: settings.without_difference,
    maxWriterShare: settings.max_writer_share,
    unnoticedMistakes: settings.unnoticed_mistakes,
  };
}
