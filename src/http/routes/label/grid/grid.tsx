/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import { gridPath } from "../../../../../views/fragments/grid/grid-path.ts";
import { GridPage } from "../../../../../views/pages/grid.tsx";
import { GridOddPage } from "../../../../../views/pages/grid-odd.tsx";
import { ConflictError, InputError } from "../../../../lib/errors.ts";
import { actorOf } from "../../../access/identity.ts";
import type { AppDeps } from "../../../deps.ts";
import { formFields } from "../../../middleware/form.ts";
import { pageProps } from "../../reader.ts";
import { spriteStyleUrl } from "../../samples/sprite.ts";
import { type GridForm, gridForm, poolDecisionOf } from "./grid-form.ts";
import { gridProps } from "./grid-props.ts";
import { pageSaid, poolSaid, type saidOf, sourceOf, undoSaid } from "./grid-query.ts";
import { labellerOf } from "./labeller.ts";
import { createPoolSpriteRoutes, poolSpriteUrls } from "./pool-sprite.ts";

/** `/label/grid`: many drawings of one class at once. Comes before `/label/{id}`. */
export function createGridRoutes(deps: AppDeps): Hono {
  const { sheet } = deps.store;
  const routes = new Hono();
  routes.route("/", createPoolSpriteRoutes(deps));

  routes.get("/", async (c) => {
    const query = c.req.query();
    const labeller = sourceOf(query) === "labels" ? null : labellerOf(c);
    const props = { ...pageProps(c, deps.version), grid: await gridProps(deps, query, labeller) };
    return c.html(`<!doctype html>${await GridPage(props)}`);
  });

  routes.post("/", async (c) => {
    const fields = await formFields(c);
    const source = sourceOf(fields);
    const labeller = source === "labels" ? null : labellerOf(c, fields.labeller);
    const form = gridForm(deps.classes, fields);
    if (form.odd.some(({ decision }) => decision === null))
      return c.html(await askPage(c, deps, form, labeller));
    const said = await store(c, deps, form, labeller);
    return c.redirect(gridPath(form.label, said, source), 303);
  });

  routes.post("/undo", async (c) => {
    const fields = await formFields(c);
    const { action = "", label = "" } = fields;
    const source = sourceOf(fields);
    if (!/^\d{1,15}$/.test(action))
      throw new InputError(`action: expected the number of an action, found "${action.slice(0, 40)}"`);
    const shown = deps.classes.includes(label) ? label : null;
    try {
      const result = await sheet.undo(Number(action), actorOf(c));
      return c.redirect(gridPath(result.action?.label ?? shown, undoSaid(result), source), 303);
    } catch (error) {
      // Someone else was first, or the same person in another tab: there is nothing left to do.
      if (!(error instanceof ConflictError)) throw error;
      const path = gridPath(shown, null, source);
      return c.redirect(`${path}${path.includes("?") ? "&" : "?"}again=1`, 303);
    }
  });

  return routes;
}

/** Stores a page whose odd drawings all have decisions. @returns what the next page says. */
async function store(
  c: Context,
  deps: AppDeps,
  { label, shown, odd }: GridForm,
  labeller: string | null,
): Promise<ReturnType<typeof saidOf>> {
  const marked = new Set(odd.map(({ id }) => id));
  const others = shown.filter((id) => !marked.has(id));
  const decided = odd.flatMap(({ id, decision }) => (decision === null ? [] : [{ id, decision }]));
  const actor = actorOf(c);
  if (labeller === null)
    return pageSaid(await deps.store.grid.decide({ label, confirm: others, odd: decided }, actor));
  const answers = decided.map(({ id, decision }) => ({ id, decision: poolDecisionOf(decision) }));
  const result = await deps.store.queueGrid.decide(
    { label, accept: others, odd: answers },
    { labeller, actor },
  );
  if (result.changed > 0) deps.scheduler.notifyNewSample();
  return poolSaid(result);
}

async function askPage(
  c: Context,
  { version, classes }: AppDeps,
  { label, shown, odd }: GridForm,
  labeller: string | null,
): Promise<string> {
  const props = {
    ...pageProps(c, version),
    ...{ classes, label, shown, labeller, odd: odd.map(({ id }) => id) },
    source: labeller === null ? ("labels" as const) : ("unlabelled" as const),
    style: labeller === null ? spriteStyleUrl(shown) : poolSpriteUrls(shown).style,
  };
  return `<!doctype html>${await GridOddPage(props)}`;
}
