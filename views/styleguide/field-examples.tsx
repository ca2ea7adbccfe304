/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Setting } from "../../src/domain/settings/settings.ts";
import type { SettableParameter } from "../../src/graph/settable-parameters.ts";
import { ParameterFields } from "../fragments/runs/parameter-fields.tsx";
import { SettingInput } from "../fragments/settings/setting-input.tsx";
import type { Text } from "../i18n/text.ts";

const PARAMETERS: readonly SettableParameter[] = [
  { name: "tuning_epochs", field: { kind: "integer", min: 1, max: 1_000, isNullable: false, value: 3 } },
  {
    name: "learning_rate",
    field: { kind: "number", min: 0, isAboveMin: true, isNullable: false, value: 0.001 },
  },
  {
    name: "optimizer",
    field: { kind: "choice", options: ["adam", "sgd"], isNullable: false, value: "adam" },
  },
  { name: "augmentation.rotation", field: { kind: "number", isNullable: false, value: 10 } },
];

/** A field as it is, one with an error, and a choice. */
export function FieldsExample({ text }: { text: Text }) {
  const error = text.t("styleguide.fieldError");
  return (
    <ParameterFields
      text={text}
      id="styleguide"
      pipeline="tuning"
      parameters={PARAMETERS}
      values={{ tuning_epochs: "0" }}
      errors={{ tuning_epochs: error }}
    />
  );
}

const SETTINGS: readonly Setting[] = [
  { key: "scheduler.triggers.new_samples", value: 50, inUse: 50, fallback: 500, isSet: true, lock: null },
  {
    ...{ key: "promotion", value: "auto", inUse: "auto", fallback: "auto", isSet: false },
    lock: { by: "variable", name: "TEGAKI_SERVER__PROMOTION" },
  },
];

/** A setting of the file with an error, and one that is locked by an environment variable. */
export function SettingsExample({ text }: { text: Text }) {
  return (
    <div class="settings-group">
      <div class="settings-fields">
        {SETTINGS.map((setting, i) => (
          <SettingInput
            text={text}
            setting={setting}
            entered={i === 0 ? "0.5" : undefined}
            problem={i === 0 ? text.t("styleguide.fieldError") : null}
            canChange
          />
        ))}
      </div>
    </div>
  );
}

/** A short form in one line, and a checkbox. */
export function InlineFormExample({ text: { t } }: { text: Text }) {
  return (
    <form class="inline-form" method="post" action="/styleguide">
      <div class="field">
        <label for="styleguide-tag">{t("runs.addTag")}</label>
        <input id="styleguide-tag" name="add" autocomplete="off" />
      </div>
      <label class="tick">
        <input type="checkbox" name="tick" />
        <span>{t("styleguide.tick")}</span>
      </label>
      <button class="button" type="submit">
        {t("runs.add")}
      </button>
    </form>
  );
}
