import { LOG_FORMATS, LOG_LEVELS } from "../../lib/log.ts";
import { APPROVALS } from "../scheduler/approval.ts";
import { MAX_NOTICE } from "./draw-notice.ts";

/** The values that a setting may have. Those of `isOptional` kinds may also be null, which turns the setting off. */
export type SettingKind =
  | NumberKind
  | { type: "choice"; values: readonly string[] }
  | { type: "switch" }
  | { type: "cron" | "hours"; isOptional: true }
  | { type: "zone" }
  /** Free text of several lines. */
  | { type: "text"; maxLength: number; isOptional: true };

interface NumberKind {
  type: "whole" | "number";
  min: number;
  max: number;
  /** Whether the value must be above `min`. */
  isAbove?: boolean;
  isOptional?: boolean;
}

/** When a change takes effect. A run that has started keeps its own settings in either case. */
export type SettingEffect = "now" | "restart";

/** One key of server.yml that the Settings page changes. */
export interface SettingField {
  kind: SettingKind;
  group: SettingGroup;
  effect: SettingEffect;
}

/** The sections of the page, in their order. */
export const SETTING_GROUPS = [
  ...(["training", "gate", "promotion", "drift", "labelling"] as const),
  ...(["retention", "backup", "notice", "server"] as const),
] as const;
/** A section of the page. */
export type SettingGroup = (typeof SETTING_GROUPS)[number];

const whole = (min: number, max: number): NumberKind => ({ type: "whole", min, max });
const number = (min: number, max: number): NumberKind => ({ type: "number", min, max });
const above0 = (max: number): NumberKind => ({ type: "number", min: 0, max, isAbove: true });
const choice = (...values: readonly string[]): SettingKind => ({ type: "choice", values });
const toggle: SettingKind = { type: "switch" };
const optional = (kind: NumberKind): NumberKind => ({ ...kind, isOptional: true });
const share = number(0, 1);

const inGroup =
  (group: SettingGroup, effect: SettingEffect = "now") =>
  (kind: SettingKind): SettingField => ({ kind, group, effect });

const training = inGroup("training");
const gate = inGroup("gate");
const promotion = inGroup("promotion");
const drift = inGroup("drift");
const labelling = inGroup("labelling");
const retention = inGroup("retention");
const backup = inGroup("backup");
const notice = inGroup("notice");
const server = inGroup("server", "restart");

/**
 * The keys of server.yml that the Settings page and the API change, in the order of the page. The bounds are those of
 * the loader's schema, which checks every change; a test keeps the two equal. Names and help lines are in
 * views/i18n/settings. Not among them: what decides who reaches the server (http, access, allowed_hosts),
 * where files are written (backup.folder), and lists.
 */
export const SETTING_FIELDS = {
  "scheduler.triggers.new_samples": training(optional(whole(1, 1_000_000_000))),
  "scheduler.triggers.corrections": training(optional(whole(1, 1_000_000_000))),
  "scheduler.triggers.max_age": training(optional(number(60, 3_153_600_000))),
  "scheduler.triggers.cron": training({ type: "cron", isOptional: true }),
  "scheduler.triggers.drift": training(toggle),
  "scheduler.triggers.first_model.per_class": training(whole(1, 1_000_000)),
  "scheduler.triggers.first_model.total": training(whole(1, 1_000_000_000)),
  "scheduler.combine": training(choice("any", "all")),
  "scheduler.min_interval": training(number(0, 31_536_000)),
  "scheduler.quiet_hours": training({ type: "hours", isOptional: true }),
  "scheduler.time_zone": training({ type: "zone" }),
  "scheduler.approval": training(choice(...APPROVALS)),

  "gate.threshold": gate(share),
  "gate.margin": gate(share),
  "gate.max_forgetting": gate(share),
  "gate.min_evidence": gate(whole(0, 1_000_000)),
  "gate.pinned_digits": gate(whole(0, 1_000_000)),
  "gate.max_class_drop": gate(share),
  "gate.min_absolute_change": gate(number(-1, 1)),
  "gate.min_samples": gate(whole(0, 1_000_000_000)),
  "gate.max_calibration_error": gate(share),
  "gate.max_latency_ms": gate(above0(60_000)),
  "gate.max_model_mb": gate(above0(100_000)),
  "gate.first_gain": gate(share),

  promotion: promotion(choice("auto", "evidence", "shadow", "manual")),
  "trial.false_alarm_rate": promotion(number(1e-9, 0.5)),
  "trial.max_labels": promotion(whole(20, 20_000)),
  "trial.without_difference": promotion(choice("keep_champion", "promote")),
  "trial.watch": promotion(toggle),
  "trial.max_writer_share": promotion(number(0.01, 1)),
  "trial.unnoticed_mistakes": promotion(number(0, 0.9)),

  "monitoring.drift.psi": drift(above0(100)),
  "monitoring.drift.js": drift(above0(1)),
  "monitoring.drift.min_predictions": drift(whole(1, 1_000_000_000)),
  "monitoring.drift.min_seconds": drift(number(0, 31_536_000)),

  "labelling.second_opinions": labelling(number(0, 0.5)),
  "labelling.known_answers": labelling(number(0, 0.5)),
  "labelling.lease_seconds": labelling(whole(10, 86_400)),

  "samples.delete_after_days": retention(optional(whole(1, 36_500))),
  "models.keep": retention(whole(1, 1_000_000)),
  "monitoring.keep_hours": retention(whole(24, 1_000_000)),
  "monitoring.keep_days": retention(whole(30, 100_000)),

  "backup.cron": backup({ type: "cron", isOptional: true }),
  "backup.keep.daily": backup(whole(1, 3_650)),
  "backup.keep.weekly": backup(whole(0, 520)),

  "draw.notice.en": notice({ type: "text", maxLength: MAX_NOTICE, isOptional: true }),
  "draw.notice.ja": notice({ type: "text", maxLength: MAX_NOTICE, isOptional: true }),

  "limits.body_bytes": server(whole(1024, 1024 ** 3)),
  "limits.drawing_bytes": server(whole(1024, 1024 ** 3)),
  "limits.model_bytes": server(whole(1024, 1024 ** 3)),
  "log.level": server(choice(...LOG_LEVELS)),
  "log.format": server(choice(...LOG_FORMATS)),
} as const satisfies Readonly<Record<string, SettingField>>;

/** The dotted path of a setting in server.yml. */
export type SettingKey = keyof typeof SETTING_FIELDS;

/** All keys, in the order of the page. */
export const SETTING_KEYS = Object.keys(SETTING_FIELDS) as SettingKey[];

/** The field of a key, without the narrower type of the table. */
export function fieldOf(key: SettingKey): SettingField {
  return SETTING_FIELDS[key];
}

/** Whether null is a value of the setting, which turns it off. */
export function isOptional({ kind }: SettingField): boolean {
  return "isOptional" in kind && kind.isOptional === true;
}
