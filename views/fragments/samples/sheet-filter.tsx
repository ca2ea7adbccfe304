/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { SAMPLE_STATES, SPLITS } from "../../../src/domain/sample.ts";
import { CORRECTNESS } from "../../../src/domain/samples/sheet/sample-filter.ts";
import type { Text } from "../../i18n/text.ts";
import { stateWords } from "../lineage/label-words.ts";
import type { FilterFields } from "./sheet-path.ts";

/** The properties of the filter of the sheet. */
export interface SheetFilterProps {
  text: Text;
  fields: FilterFields;
  classes: readonly string[];
  sources: readonly string[];
  /** Newest first. */
  modelVersions: readonly number[];
}

const SOURCES = ["draw", "api", "import"] as const;

/** The filter of the sheet: a form, so its fields are the address of the page. */
export function SheetFilter(props: SheetFilterProps) {
  const { text, fields } = props;
  const { t } = text;
  const isMore = ["min", "max", "writer", "model", "source", "from", "to", "personal", "split"].some(
    (name) => fields[name as keyof FilterFields] !== undefined,
  );
  return (
    <form class="sheet sheet-filter" method="get" action="/samples" aria-label={t("samples.filter")}>
      <div class="filter-row">
        <div class="field filter-search">
          <label for="filter-q">{t("sheet.search")}</label>
          <input
            id="filter-q"
            name="q"
            type="search"
            value={fields.q ?? ""}
            maxlength={200}
            autocomplete="off"
            placeholder={t("sheet.searchHint")}
          />
        </div>
        <Choice {...props} name="label" label={t("samples.label")} options={named(props.classes)} />
        <Choice {...props} name="predicted" label={t("sheet.predicted")} options={named(props.classes)} />
        <Choice
          {...props}
          name="correct"
          label={t("sheet.correctness")}
          options={CORRECTNESS.map((one) => [one, t(`sheet.correctness.${one}`)])}
        />
        <Choice
          {...props}
          name="state"
          label={t("samples.state")}
          options={SAMPLE_STATES.map((one) => [one, stateWords(text, one)])}
        />
        <button class="button button-main" type="submit">
          {t("samples.apply")}
        </button>
        <a class="button" href="/samples">
          {t("samples.reset")}
        </a>
      </div>
      <details open={isMore}>
        <summary>{t("sheet.more")}</summary>
        <MoreFields {...props} />
      </details>
    </form>
  );
}

function MoreFields(props: SheetFilterProps) {
  const { text, fields, sources, modelVersions } = props;
  const { t } = text;
  return (
    <div class="filter-row">
      <fieldset class="field">
        <legend>{t("sheet.confidence")}</legend>
        <span class="filter-range">
          <Percent name="min" label={t("sheet.confidenceMin")} value={fields.min} />
          <span aria-hidden="true">–</span>
          <Percent name="max" label={t("sheet.confidenceMax")} value={fields.max} />
        </span>
      </fieldset>
      <fieldset class="field">
        <legend>{t("sheet.stored")}</legend>
        <span class="filter-range">
          <input type="date" name="from" aria-label={t("sheet.from")} value={fields.from ?? ""} />
          <span aria-hidden="true">–</span>
          <input type="date" name="to" aria-label={t("sheet.to")} value={fields.to ?? ""} />
        </span>
      </fieldset>
      <div class="field">
        <label for="filter-writer">{t("samples.writer")}</label>
        <input
          id="filter-writer"
          name="writer"
          value={fields.writer ?? ""}
          maxlength={200}
          autocomplete="off"
        />
      </div>
      <Choice
        {...props}
        name="model"
        label={t("sheet.model")}
        options={modelVersions.map((version) => [String(version), t("models.name", { version })])}
      />
      <Choice
        {...props}
        name="split"
        label={t("samples.split")}
        options={SPLITS.map((one) => [one, t(`samples.split.${one}`)])}
      />
      <Choice
        {...props}
        name="source"
        label={t("sample.source")}
        options={sources.map((one) => {
          const known = SOURCES.find((source) => source === one);
          return [one, known === undefined ? one : t(`sample.source.${known}`)];
        })}
      />
      <Choice
        {...props}
        name="personal"
        label={t("sheet.personal")}
        options={[
          ["yes", t("sheet.personal.yes")],
          ["no", t("sheet.personal.no")],
        ]}
      />
    </div>
  );
}

function Percent({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  return (
    <input
      type="number"
      name={name}
      aria-label={label}
      min="0"
      max="100"
      step="any"
      inputmode="decimal"
      value={value ?? ""}
      placeholder="%"
    />
  );
}

function named(classes: readonly string[]): (readonly [string, string])[] {
  return classes.map((name) => [name, name] as const);
}

interface ChoiceProps extends SheetFilterProps {
  name: keyof FilterFields;
  label: string;
  options: readonly (readonly [value: string, words: string])[];
}

function Choice({ text, fields, name, label, options }: ChoiceProps) {
  const chosen = fields[name];
  // A value of the address that is no longer in the list stays what the page is filtered by.
  const isListed = chosen === undefined || options.some(([value]) => value === chosen);
  return (
    <div class="field">
      <label for={`filter-${name}`}>{label}</label>
      <select id={`filter-${name}`} name={name}>
        <option value="">{text.t("samples.all")}</option>
        {isListed ? null : (
          <option value={chosen} selected>
            {chosen}
          </option>
        )}
        {options.map(([value, words]) => (
          <option value={value} selected={value === chosen}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
