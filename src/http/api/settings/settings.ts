import { type Context, Hono } from "hono";
import * as v from "valibot";
import { isAtLeast } from "../../../domain/access/role.ts";
import { fieldOf, SETTING_KEYS, type SettingKey } from "../../../domain/settings/fields.ts";
import {
  InvalidSettings,
  type SettingsChange,
  type SettingsState,
  type SettingValue,
} from "../../../domain/settings/settings.ts";
import { identityOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { ValidationError } from "../../middleware/problem.ts";
import { describe } from "../describe.ts";
import { jsonBody, strict } from "../validate.ts";

const Value = v.nullable(v.union([v.number(), v.string(), v.boolean()], "expected a single value"));

const LockSchema = v.object({
  by: v.picklist(["variable", "flag", "file", "interpolation"]),
  name: v.string(),
});

const SettingSchema = v.pipe(
  v.object({
    key: v.string(),
    value: v.pipe(Value, v.description("Of the files, variables and flags; null is off")),
    in_use: v.pipe(Value, v.description("What the server uses now")),
    default: v.pipe(Value, v.description("Without the file that a change is written to")),
    is_set: v.pipe(v.boolean(), v.description("Whether that file has the key; `reset` removes it")),
    type: v.picklist(["whole", "number", "choice", "switch", "cron", "hours", "zone", "text"]),
    min: v.nullable(v.number()),
    max: v.nullable(v.number()),
    choices: v.nullable(v.array(v.string())),
    takes_effect: v.picklist(["now", "restart"]),
    locked_by: v.nullable(LockSchema),
  }),
  v.metadata({ ref: "Setting" }),
);

const SettingsSchema = v.object({
  file: v.string(),
  hash: v.pipe(v.string(), v.description("Of the file's content; a change names it")),
  can_change: v.boolean(),
  settings: v.array(SettingSchema),
});

const ChangeSchema = v.object({
  ...SettingsSchema.entries,
  changed: v.array(v.string()),
  reset: v.pipe(v.array(v.string()), v.description("Those of `changed` that are removed from the file")),
  diff: v.array(v.object({ kind: v.picklist(["same", "added", "removed", "gap"]), text: v.string() })),
});

const ChangeBody = strict({
  hash: v.pipe(v.string(), v.description("`hash` of the settings that the change was made from")),
  values: v.optional(
    v.pipe(
      strict(
        Object.fromEntries(SETTING_KEYS.map((key) => [key, v.optional(Value)])) as Record<
          SettingKey,
          v.OptionalSchema<typeof Value, undefined>
        >,
      ),
      v.description("New values by key; null turns an optional setting off"),
    ),
  ),
  reset: v.optional(
    v.pipe(
      v.array(v.picklist(SETTING_KEYS)),
      v.description("Keys that are removed from the file, so that their defaults apply; not in `values`"),
    ),
  ),
  dry_run: v.optional(v.pipe(v.boolean(), v.description("Check and compare only; nothing is written"))),
});

type Deps = Pick<AppDeps, "settings">;

/** `/settings`: the settings of server.yml that can be changed while the server runs. */
export function createSettingsApi({ settings }: Deps): Hono {
  const api = new Hono();

  api.get(
    "/",
    describe({
      id: "getSettings",
      tag: "Settings",
      summary: "The settings, with their bounds, and what has locked them",
      answers: { 200: { description: "The settings as the files are now", schema: SettingsSchema } },
      errors: [409],
    }),
    async (c) => c.json(stateJson(await settings.read(), canChange(c))),
  );

  api.put(
    "/",
    describe({
      id: "changeSettings",
      tag: "Settings",
      summary: "Change settings in the file of this machine",
      description:
        "All values are checked as on loading, and written together or not at all. Comments and the order of the file stay. Null is a value: it turns a setting off. To return to the default, name the key in `reset`, which removes it from the file.",
      answers: { 200: { description: "The settings, and what has changed", schema: ChangeSchema } },
      errors: [400, 403, 409, 413, 415, 422, 503],
    }),
    jsonBody(ChangeBody),
    async (c) => {
      const { hash, values = {}, reset = [], dry_run = false } = c.req.valid("json");
      try {
        const given = values as Partial<Record<SettingKey, SettingValue>>;
        const change = await settings.change({ hash, values: given, reset, isDryRun: dry_run });
        return c.json(changeJson(change, canChange(c)));
      } catch (error) {
        throw error instanceof InvalidSettings ? asValidation(error, reset) : error;
      }
    },
  );

  return api;
}

function canChange(c: Context): boolean {
  return isAtLeast(identityOf(c).role, "admin");
}

function asValidation(error: InvalidSettings, reset: readonly SettingKey[]): ValidationError {
  const pathOf = (key: SettingKey | null) => {
    if (key === null) return "values";
    return reset.includes(key) ? `reset[${reset.indexOf(key)}]` : `values.${key}`;
  };
  const errors = error.problems.map(({ key, message }) => ({ path: pathOf(key), message }));
  return new ValidationError(`The settings are not valid: ${error.message}`, errors, { cause: error });
}

function stateJson(
  { file, hash, settings }: SettingsState,
  can_change: boolean,
): v.InferOutput<typeof SettingsSchema> {
  return {
    ...{ file, hash, can_change },
    settings: settings.map(({ key, value, inUse, fallback, isSet, lock }) => {
      const { kind, effect } = fieldOf(key);
      return {
        ...{ key, value, in_use: inUse, default: fallback, is_set: isSet, type: kind.type },
        min: "min" in kind ? kind.min : null,
        max: "max" in kind ? kind.max : null,
        choices: "values" in kind ? [...kind.values] : null,
        ...{ takes_effect: effect, locked_by: lock },
      };
    }),
  };
}

function changeJson(
  { state, changed, reset, diff }: SettingsChange,
  can_change: boolean,
): v.InferOutput<typeof ChangeSchema> {
  return { ...stateJson(state, can_change), changed: [...changed], reset: [...reset], diff: [...diff] };
}
