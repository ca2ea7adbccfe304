/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { type Context, Hono } from "hono";
import type { Retraining } from "../../../../views/fragments/lineage/affected-models.tsx";
import { ForgetPage } from "../../../../views/pages/lineage/forget.tsx";
import type { Whose } from "../../../domain/lineage/forgetting.ts";
import { FIRST, TUNING } from "../../../domain/pipeline-names.ts";
import { InputError, NotFoundError, TegakiError } from "../../../lib/errors.ts";
import { saying } from "../../../lib/saying.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { formFields } from "../../middleware/form.ts";
import { errorWords } from "../failures.ts";
import { pageProps, readerText } from "../reader.ts";

const NOTHING = { drawings: 0, unlabelled: 0, decisions: 0, since: null, models: [], copies: [] };

/** `/samples/forget`: what forgetting someone removes, the question, and what is left to do. */
export function createForgetRoutes(deps: AppDeps): Hono {
  const { forgetter } = deps;
  const routes = new Hono();

  routes.get("/", async (c) => {
    const whose = whoseIn(c.req.query());
    return page(c, { whose, preview: await forgetter.preview(whose), result: null, problem: null });
  });

  routes.post("/", async (c) => {
    const whose = whoseIn(await formFields(c));
    try {
      const result = await forgetter.forget(whose, actorOf(c));
      return await page(c, { whose: null, preview: result, result, problem: null });
    } catch (error) {
      if (!(error instanceof TegakiError)) throw error;
      const problem = errorWords(readerText(c), error);
      const isGone = error instanceof NotFoundError;
      const preview = isGone ? NOTHING : await forgetter.preview(whose);
      return page(c, { whose, preview, result: null, problem }, isGone ? 404 : 409);
    }
  });

  async function page(
    c: Context,
    shown: Omit<Parameters<typeof ForgetPage>[0], "text" | "path" | "version" | "retraining">,
    status: 200 | 404 | 409 = 200,
  ): Promise<Response> {
    const props = { ...pageProps(c, deps.version), ...shown, retraining: await retrainingOf(deps) };
    return c.html(`<!doctype html>${await ForgetPage(props)}`, status);
  }

  return routes;
}

/** From the base model where there is one; a project with other classes trains from scratch. */
async function retrainingOf({ registry }: Pick<AppDeps, "registry">): Promise<Retraining> {
  const isFromBase = (await registry.list()).some(({ key }) => key === BUILTIN);
  return isFromBase
    ? { pipeline: TUNING, params: "tuning_initial_model=base", isFromBase }
    : { pipeline: FIRST, params: "", isFromBase };
}

/** The key of the base model. */
const BUILTIN = "builtin:base";

/** @throws {InputError} unless exactly one of the two is given. */
function whoseIn({ writer = "", session = "" }: Partial<Record<string, string>>): Whose {
  if (writer !== "" && session === "") return { writer };
  if (session !== "" && writer === "") return { session };
  const isNeither = writer === "";
  throw new InputError(`Expected either writer or session, found ${isNeither ? "neither" : "both"}`, {
    says: saying(isNeither ? "request.whoseNeither" : "request.whoseBoth"),
  });
}
