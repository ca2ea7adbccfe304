import type { SettingKey } from "../../../src/domain/settings/fields.ts";

/** Names and help lines of the settings in English: one of each for every key of the table. */
const keys = {
  "settings.name.scheduler.triggers.new_samples": "New labels",
  "settings.help.scheduler.triggers.new_samples":
    "Labels since the last training run that start the next one.",
  "settings.name.scheduler.triggers.corrections": "Corrected labels",
  "settings.help.scheduler.triggers.corrections":
    "Labels, of samples that the last run was trained on, that a person has changed since.",
  "settings.name.scheduler.triggers.max_age": "Age of the oldest new label",
  "settings.help.scheduler.triggers.max_age": "In seconds. A run starts when a label has waited this long.",
  "settings.name.scheduler.triggers.cron": "Times",
  "settings.help.scheduler.triggers.cron": "A cron expression, such as 0 3 * * * for every night at 3.",
  "settings.name.scheduler.triggers.drift": "Drift",
  "settings.help.scheduler.triggers.drift": "A run starts each time that monitoring reports drift.",
  "settings.name.scheduler.triggers.first_model.per_class": "First model: labels per class",
  "settings.help.scheduler.triggers.first_model.per_class":
    "Labels that each class needs before a first model is trained.",
  "settings.name.scheduler.triggers.first_model.total": "First model: labels in total",
  "settings.help.scheduler.triggers.first_model.total":
    "Labels needed in total before a first model is trained.",
  "settings.name.scheduler.combine": "Combination",
  "settings.help.scheduler.combine": "any: one trigger is enough. all: those that are on must hold together.",
  "settings.name.scheduler.min_interval": "Pause between runs",
  "settings.help.scheduler.min_interval": "In seconds, from the end of one run to the start of the next.",
  "settings.name.scheduler.quiet_hours": "Quiet hours",
  "settings.help.scheduler.quiet_hours": "No run starts automatically in this time, such as {hours}.",
  "settings.name.scheduler.time_zone": "Time zone",
  "settings.help.scheduler.time_zone": "Of the times and the quiet hours, such as Asia/Tokyo.",
  "settings.name.scheduler.approval": "Approval",
  "settings.help.scheduler.approval": "What a person must approve: none, each run, each promotion, or both.",

  "settings.name.gate.threshold": "Least accuracy",
  "settings.help.gate.threshold": "A candidate below this accuracy on the MNIST test set is never promoted.",
  "settings.name.gate.margin": "Margin to the champion",
  "settings.help.gate.margin":
    "The candidate must be shown not to be worse than the champion by more than this.",
  "settings.name.gate.max_forgetting": "Most forgetting",
  "settings.help.gate.max_forgetting": "The same, against the base model.",
  "settings.name.gate.min_evidence": "Least evidence",
  "settings.help.gate.min_evidence": "Images of the MNIST test set and pinned drawings together, at least.",
  "settings.name.gate.pinned_digits": "Pinned drawings",
  "settings.help.gate.pinned_digits": "Synthetic drawings that nothing trains on.",
  "settings.name.gate.max_class_drop": "Most recall lost by a class",
  "settings.help.gate.max_class_drop": "Against the champion and against the base model.",
  "settings.name.gate.min_absolute_change": "Least gain on held-out drawings",
  "settings.help.gate.min_absolute_change":
    "Above 0, the candidate must be this much more accurate than the champion on them.",
  "settings.name.gate.min_samples": "Least held-out drawings",
  "settings.help.gate.min_samples": "Fewer are too few for a decision where no class is a digit.",
  "settings.name.gate.max_calibration_error": "Most calibration error",
  "settings.help.gate.max_calibration_error": "The expected calibration error of a candidate, at most.",
  "settings.name.gate.max_latency_ms": "Most time per image",
  "settings.help.gate.max_latency_ms": "In milliseconds.",
  "settings.name.gate.max_model_mb": "Largest model",
  "settings.help.gate.max_model_mb": "The weights, in megabytes.",
  "settings.name.gate.first_gain": "Gain of a first model",
  "settings.help.gate.first_gain":
    "How far its accuracy on held-out drawings must have moved from chance (0) to perfect (1).",

  "settings.name.promotion": "Promotion",
  "settings.help.promotion":
    "auto: a candidate that is better or not worse goes live. evidence: only a better one. shadow: after a trial. manual: never without a person.",
  "settings.name.trial.false_alarm_rate": "Trials: false alarms",
  "settings.help.trial.false_alarm_rate":
    "Share of the trials of equally good models that may lead to a decision. 0.0001 is 1 in 10,000.",
  "settings.name.trial.max_labels": "Trials: most labels",
  "settings.help.trial.max_labels": "A trial without a decision ends after this many labels.",
  "settings.name.trial.without_difference": "Trials: without a difference",
  "settings.help.trial.without_difference":
    "keep_champion: the challenger is dropped. promote: it goes live.",
  "settings.name.trial.watch": "Watch after a promotion",
  "settings.help.trial.watch":
    "The previous champion keeps scoring unseen, and is live again if the new one is worse.",
  "settings.name.trial.max_writer_share": "Trials: most of one writer",
  "settings.help.trial.max_writer_share":
    "The greatest share that one writer has in a decision, where at least 5 label.",
  "settings.name.trial.unnoticed_mistakes": "Trials: unnoticed mistakes",
  "settings.help.trial.unnoticed_mistakes":
    "The share of the champion's mistakes that people may confirm without noticing.",

  "settings.name.monitoring.drift.psi": "Population stability index",
  "settings.help.monitoring.drift.psi": "A measure breaches from this value, together with the divergence.",
  "settings.name.monitoring.drift.js": "Jensen-Shannon divergence",
  "settings.help.monitoring.drift.js": "In bits, together with the index.",
  "settings.name.monitoring.drift.min_predictions": "Predictions per comparison",
  "settings.help.monitoring.drift.min_predictions": "Fewer are not compared with the reference.",
  "settings.name.monitoring.drift.min_seconds": "Time between comparisons",
  "settings.help.monitoring.drift.min_seconds": "In seconds, at least.",

  "settings.name.labelling.second_opinions": "Second opinions",
  "settings.help.labelling.second_opinions":
    "The share of questions, 0 to 0.5, about a drawing that someone else has labelled. 0 turns them off. With known answers at most 0.5.",
  "settings.name.labelling.known_answers": "Known answers",
  "settings.help.labelling.known_answers":
    "The share of questions, 0 to 0.5, whose answer is known, to measure each labeller. 0 turns them off. With second opinions at most 0.5.",
  "settings.name.labelling.lease_seconds": "Time for a drawing",
  "settings.help.labelling.lease_seconds":
    "In seconds. A drawing belongs to its labeller for this long; then others get it.",

  "settings.name.samples.delete_after_days": "Delete drawings",
  "settings.help.samples.delete_after_days":
    "In days. Drawings this old are deleted with their labels, history and writers' names, once a day. What models have learned, and exports, stay.",
  "settings.name.backup.cron": "Times",
  "settings.help.backup.cron":
    "A cron expression, such as 0 3 * * * for every night at 3, in the time zone of training. One that passes while the server is stopped counts after the next start.",
  "settings.name.backup.keep.daily": "Days",
  "settings.help.backup.keep.daily":
    "Each backup is deleted after so many days, as soon as there is a newer one.",
  "settings.name.backup.keep.weekly": "Weeks",
  "settings.help.backup.keep.weekly": "The first backup of a week is kept for so many weeks instead.",
  "settings.name.models.keep": "Model versions",
  "settings.help.models.keep":
    "Files of older versions are removed, unless an alias, a roll back or a run needs them. Their records stay.",
  "settings.name.monitoring.keep_hours": "Counts by hour",
  "settings.help.monitoring.keep_hours": "In hours. Counts of all time are kept.",
  "settings.name.monitoring.keep_days": "Counts by day",
  "settings.help.monitoring.keep_days": "In days. Counts of all time are kept.",

  "settings.name.draw.notice.en": "Notice in English",
  "settings.help.draw.notice.en": "Shown above the drawing area, and in Japanese too if that one is empty.",
  "settings.name.draw.notice.ja": "Notice in Japanese",
  "settings.help.draw.notice.ja": "Shown above the drawing area, and in English too if that one is empty.",

  "settings.name.limits.body_bytes": "Longest request",
  "settings.help.limits.body_bytes": "In bytes, without a drawing or a model.",
  "settings.name.limits.drawing_bytes": "Longest request with a drawing",
  "settings.help.limits.drawing_bytes": "In bytes.",
  "settings.name.limits.model_bytes": "Largest model to import",
  "settings.help.limits.model_bytes": "The zip archive, in bytes.",
  "settings.name.log.level": "Log level",
  "settings.help.log.level": "The lowest level that is logged. debug has every request.",
  "settings.name.log.format": "Log format",
  "settings.help.log.format": "text: for people. json: one object per line.",
} as const satisfies Record<`settings.${"name" | "help"}.${SettingKey}`, string>;

/** The texts of the Settings page in English. */
export const settingsEn = {
  ...keys,

  "nav.settings": "Settings",

  "draw.notice": "To those who draw",

  "settings.title": "Settings",
  "settings.lead": "Changes are written to {file}, where comments and order stay.",
  "settings.reader": "This browser",
  "settings.readerText": "Only for you, stored in this browser.",
  "settings.language": "Language",
  "settings.theme": "Appearance",
  "settings.theme.system": "As the system",
  "settings.theme.light": "Light",
  "settings.theme.dark": "Dark",
  "settings.apply": "Apply",
  "settings.group.training": "Training",
  "settings.group.gate": "Gate",
  "settings.group.promotion": "Promotion and trials",
  "settings.group.drift": "Drift",
  "settings.group.labelling": "Label queue",
  "settings.group.retention": "Retention",
  "settings.group.backup": "Backups",
  "settings.group.notice": "Notice on the Draw page",
  "settings.group.server": "Server",
  "settings.groupText.now": "A change takes effect at once; a run that has started keeps its own settings.",
  "settings.groupText.restart": "A change takes effect after a restart.",
  "settings.off": "Empty: off.",
  "settings.range": "{min} to {max}.",
  "settings.rangeAbove": "Above {min}, at most {max}.",
  "settings.default": "Default: {value}.",
  "settings.value.off": "off",
  "settings.value.on": "on",
  "settings.switch.true": "On",
  "settings.switch.false": "Off",
  "settings.inUse": "In use: {value}.",
  "settings.inUse.now": "The file was changed while the server was running.",
  "settings.inUse.restart": "The change takes effect after a restart.",
  "settings.lock.variable": "Set by the environment variable {name}. Change it there, then restart.",
  "settings.lock.flag": "Set by the flag {name}. Start the server without it to change it here.",
  "settings.lock.file": "Set in {name}. Change it there.",
  "settings.lock.interpolation": "Computed from {name} in the file. Change it there.",
  "settings.preview": "Check changes",
  "settings.reset": "Use the default",
  "settings.resetOf": "Use the default: {name}",
  "settings.save": "Save",
  "settings.diff": "Changes to {file}",
  "settings.diffLead": "Nothing is written yet. Compare, then save.",
  "settings.diff.added": "Added",
  "settings.diff.removed": "Removed",
  "settings.effect.now": "In force at once: {keys}",
  "settings.effect.restart": "After a restart: {keys}",
  "settings.deletes":
    "Stored drawings that are older now: {n}. They are deleted within 10 minutes of saving, once no run is running, and cannot be restored. Later ones follow day by day.",
  "settings.nothing": "Nothing is changed.",
  "settings.invalid": "Nothing was written. Correct the marked settings.",
  "settings.invalidOne": "Nothing was written: {reason}",
  "settings.saved.now": "Saved, and in force.",
  "settings.saved.restart": "Saved. Some of it takes effect after a restart.",
  "settings.readOnly":
    "These settings can be read, but not changed here. Only an admin can change them, or whoever edits {file} on the machine.",
  "settings.problem.cron": "Enter a cron expression whose time occurs, such as 0 3 * * *",
  "settings.problem.hours": "Enter two times of day, such as {hours}",
  "settings.problem.zone": "Enter the name of a time zone, such as Asia/Tokyo",
  "settings.problem.text": "Enter at most {max} characters",
  "settings.problem.choice": "Choose one of the values",
  "settings.problem.switch": "Choose on or off",

  "failure.settingsBroken":
    "The configuration of the project is invalid: {reason}. Correct it, then open the settings again",
  "failure.settingsChanged":
    "{file} was changed by someone else while you were editing. Nothing was written. Load the settings again and repeat the change",
  "failure.settingNotRemoved":
    "{key} cannot be removed without a change elsewhere in the file. Edit the file by hand",
  "failure.settingComment": "The comment beside {key} would be lost. Edit the file by hand",
  "failure.settingLocked": "is set by {name}. Change it there",
} as const;
