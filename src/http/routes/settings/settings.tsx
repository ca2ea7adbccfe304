/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import { HOURS } from "../../../../views/fragments/settings/setting-input.tsx";
import { sentenceWords } from "../../../../views/i18n/saying-words.ts";
import type { Text } from "../../../../views/i18n/text.ts";
import { SettingsPage, type SettingsPageProps } from "../../../../views/pages/settings.tsx";
import { isAtLeast } from "../../../domain/access/role.ts";
import { retentionLimit } from "../../../domain/lineage/retention-limit.ts";
import { MAX_NOTICE } from "../../../domain/settings/draw-notice.ts";
import { fieldOf } from "../../../domain/settings/fields.ts";
import {
  InvalidSettings,
  type SettingProblem,
  type SettingsChange,
} from "../../../domain/settings/settings.ts";
import { ConflictError, UnavailableError } from "../../../lib/errors.ts";
import { identityOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { formFields } from "../../middleware/form.ts";
import { errorWords } from "../failures.ts";
import { pageProps, readerText } from "../reader.ts";
import { seeOther } from "../see-other.ts";
import { readResets, readSettings } from "./read-form.ts";

const PATH = "/settings";

type Deps = Pick<AppDeps, "settings" | "version" | "forgetter" | "clock">;

/** `/settings`: the settings of the project, a comparison before they are saved, and those of the reader. */
export function createSettingsRoutes(deps: Deps): Hono {
  const { settings } = deps;
  const routes = new Hono();

  routes.get("/", async (c) => {
    const saved = c.req.query("saved");
    const notice: SettingsPageProps["notice"] =
      saved === "now" || saved === "restart"
        ? { kind: "done", message: readerText(c).t(`settings.saved.${saved}`) }
        : null;
    return c.html(await page(c, deps, { notice }));
  });

  routes.post("/preview", (c) =>
    submit(c, true, async (change, entered) => {
      if (change.changed.length > 0) {
        const deleted = await drawingsToDelete(deps, change, entered);
        return c.html(await page(c, deps, { change, entered, deleted }));
      }
      const notice = { kind: "done" as const, message: readerText(c).t("settings.nothing") };
      return c.html(await page(c, deps, { notice }));
    }),
  );

  routes.post("/", (c) =>
    submit(c, false, async ({ changed: keys }) => {
      const effects = keys.map((key) => fieldOf(key).effect);
      return seeOther(c, `${PATH}?saved=${effects.includes("restart") ? "restart" : "now"}`);
    }),
  );

  return routes;

  /** Makes the change of a form. What is refused is shown on the page, with what was entered. */
  async function submit(
    c: Context,
    isDryRun: boolean,
    done: (change: SettingsChange, entered: Entered) => Promise<Response>,
  ): Promise<Response> {
    const entered = await formFields(c);
    const request = { hash: entered.hash ?? "", values: readSettings(entered), reset: readResets(entered) };
    try {
      return await done(await settings.change({ ...request, isDryRun }), entered);
    } catch (error) {
      const text = readerText(c);
      if (error instanceof InvalidSettings) {
        const problems = problemWords(text, error.problems);
        const general = error.problems.find(({ key }) => key === null);
        const message =
          general === undefined
            ? text.t("settings.invalid")
            : text.t("settings.invalidOne", { reason: general.message });
        return c.html(await page(c, deps, { notice: { kind: "problem", message }, entered, problems }), 422);
      }
      if (!(error instanceof ConflictError || error instanceof UnavailableError)) throw error;
      const notice = { kind: "problem" as const, message: errorWords(text, error) };
      return c.html(await page(c, deps, { notice }), error instanceof ConflictError ? 409 : 503);
    }
  }
}

/** The reason for which each setting was refused, in the reader's language. */
function problemWords(text: Text, problems: readonly SettingProblem[]): ReadonlyMap<string, string> {
  return new Map(
    problems.flatMap(({ key, message, says }): [string, string][] => {
      if (key === null) return [];
      if (text.language === "en" || says !== undefined)
        return [[key, sentenceWords(text, "failure", { message, says })]];
      const { type } = fieldOf(key).kind;
      return [
        [
          key,
          type === "whole" || type === "number"
            ? message
            : text.t(`settings.problem.${type}`, { hours: HOURS, max: MAX_NOTICE }),
        ],
      ];
    }),
  );
}

/** The number of stored drawings that a shorter retention deletes at once; null when the change is about others. */
async function drawingsToDelete(
  { forgetter, clock }: Deps,
  { changed, reset, state }: SettingsChange,
  entered: Entered,
): Promise<number | null> {
  const key = "samples.delete_after_days";
  const days = reset.includes(key)
    ? state.settings.find((setting) => setting.key === key)?.fallback
    : readSettings(entered)[key];
  if (!changed.includes(key) || typeof days !== "number") return null;
  const before = retentionLimit(clock.now(), days).toISOString();
  return (await forgetter.preview({ before })).drawings;
}

type Entered = SettingsPageProps["entered"];
type Shown = Partial<Pick<SettingsPageProps, "notice" | "change" | "entered" | "problems" | "deleted">>;

async function page(c: Context, { settings, version }: Deps, shown: Shown): Promise<string> {
  const props: SettingsPageProps = {
    ...{ ...pageProps(c, version), path: PATH },
    state: shown.change?.state ?? (await settings.read()),
    canChange: isAtLeast(identityOf(c).role, "admin"),
    ...{ notice: null, change: null, entered: {}, problems: new Map(), deleted: null, ...shown },
  };
  return `<!doctype html>${await SettingsPage(props)}`;
}
