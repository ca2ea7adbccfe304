/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { ParameterField } from "../../../src/domain/runs/parameter-field.ts";
import type { SettableParameter } from "../../../src/graph/settable-parameters.ts";
import { en, type MessageKey } from "../../i18n/en.ts";
import type { Text } from "../../i18n/text.ts";

/** The parameters of a run as fields, with what was typed. */
export interface ParameterFieldsProps {
  text: Text;
  /** Beginning of the ids of the fields: they are unique on a page. */
  id: string;
  pipeline: string;
  parameters: readonly SettableParameter[];
  /** Typed values by parameter. */
  values: Readonly<Record<string, string>>;
  /** Messages in the reader's language, by parameter. */
  errors: Readonly<Record<string, string>>;
}

/** A field per parameter; those in a group are folded away, unless one of them is set. */
export function ParameterFields(props: ParameterFieldsProps) {
  const { text, parameters, values, errors } = props;
  if (parameters.length === 0) return <p class="small soft">{text.t("runs.noFields")}</p>;
  const single = parameters.filter(({ name }) => !name.includes("."));
  const groups = new Map<string, SettableParameter[]>();
  for (const parameter of parameters) {
    const [group] = parameter.name.split(".");
    if (group !== parameter.name) groups.set(group!, [...(groups.get(group!) ?? []), parameter]);
  }
  return (
    <div class="stack param-fields">
      <p class="small soft">{text.t("runs.fieldsHint")}</p>
      <div class="param-grid">
        {single.map((parameter) => (
          <Field {...props} {...parameter} />
        ))}
      </div>
      {[...groups].map(([group, inner]) => (
        <details class="param-group opens" open={inner.some(({ name }) => name in values || name in errors)}>
          <summary>{groupWords(text, group)}</summary>
          <div class="param-grid">
            {inner.map((parameter) => (
              <Field {...props} {...parameter} />
            ))}
          </div>
        </details>
      ))}
    </div>
  );
}

function Field({
  text,
  id,
  pipeline,
  name,
  field,
  values,
  errors,
}: ParameterFieldsProps & SettableParameter) {
  const fieldId = `${id}-${name}`;
  const error = errors[name];
  const help = helpWords(text, name);
  const common = {
    id: fieldId,
    name: `param.${name}`,
    "aria-describedby": help === null ? `${fieldId}-note` : `${fieldId}-help ${fieldId}-note`,
    "aria-invalid": error === undefined ? undefined : ("true" as const),
  };
  return (
    <div class="field">
      <label for={fieldId}>
        <code>{name}</code>
      </label>
      {help === null ? null : (
        <span id={`${fieldId}-help`} class="small">
          {help}
        </span>
      )}
      {field.kind === "choice" || field.kind === "boolean" ? (
        <select {...common}>
          <option value="">{text.t("param.asConfigured", { value: valueText(field.value) })}</option>
          {optionsOf(field).map((option) => (
            <option value={option} selected={values[name] === option}>
              {option}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          value={values[name] ?? ""}
          placeholder={valueText(field.value)}
          inputmode={field.kind === "integer" ? "numeric" : field.kind === "number" ? "decimal" : undefined}
          maxlength={500}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          hx-get={`/runs/check?${new URLSearchParams({ pipeline, id })}`}
          hx-trigger="input changed delay:300ms"
          hx-target={`[id="${fieldId}-note"]`}
          hx-swap="outerHTML"
        />
      )}
      <ParameterNote text={text} id={id} name={name} field={field} error={error} />
    </div>
  );
}

/** Says what a field's value must be, or what is wrong with it; fetched again while it is typed. */
export function ParameterNote({
  text,
  id,
  name,
  field,
  error,
}: Pick<ParameterFieldsProps, "text" | "id"> & SettableParameter & { error: string | undefined }) {
  const noteId = `${id}-${name}-note`;
  if (error !== undefined)
    return (
      <span id={noteId} class="field-error" role="alert">
        {error}
      </span>
    );
  const isChosen = field.kind === "choice" || field.kind === "boolean";
  return (
    <span id={noteId} class="small soft">
      {isChosen
        ? ""
        : text.t("param.configured", { rule: ruleWords(text, field), value: valueText(field.value) })}
    </span>
  );
}

function optionsOf({ kind, options = [], isNullable }: ParameterField): string[] {
  return [...(kind === "boolean" ? ["true", "false"] : options), ...(isNullable ? ["null"] : [])];
}

function ruleWords(text: Text, field: ParameterField): string {
  const { t, number } = text;
  const { kind, min, max, isAboveMin, isBelowMax, isNullable } = field;
  const bound = (value: number | undefined) => (value === undefined ? "…" : number(value));
  const bounds = { min: bound(min), max: bound(max) };
  const rule =
    kind === "integer"
      ? t("param.rule.integer", bounds)
      : kind !== "number"
        ? t("param.rule.any")
        : t(isAboveMin ? "param.rule.above" : isBelowMax ? "param.rule.below" : "param.rule.number", bounds);
  return isNullable && kind !== "any" ? t("param.rule.nullable", { rule }) : rule;
}

/** A value as it is typed. */
function valueText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** Returns the line of help of a parameter; null for one of the project's own. */
function helpWords({ t }: Text, name: string): string | null {
  const keys = [name, name.replace(/^first\.(?=augmentation\.)/, "")].map((one) => `param.help.${one}`);
  const key = keys.find((one): one is MessageKey => Object.hasOwn(en, one));
  return key === undefined ? null : t(key);
}

function groupWords({ t }: Text, group: string): string {
  const key = `param.group.${group}`;
  return Object.hasOwn(en, key) ? t(key as MessageKey) : group;
}
