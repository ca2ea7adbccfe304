/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import { gridPath } from "../../../../../views/fragments/grid/grid-path.ts";
import { GridPage, type GridPageProps } from "../../../../../views/pages/grid.tsx";
import { GridOddPage } from "../../../../../views/pages/grid-odd.tsx";
import { GRID_PAGE } from "../../../../domain/samples/grid/grid-store.ts";
import { ConflictError, InputError } from "../../../../lib/errors.ts";
import { requireClass } from "../../../api/label.ts";
import type { AppDeps } from "../../../deps.ts";
import { actorOf } from "../../../middleware/actor.ts";
import { formFields } from "../../../middleware/form.ts";
import { pageProps } from "../../reader.ts";
import { spriteStyleUrl, spriteUrl } from "../../samples/sprite.ts";
import { gridForm } from "./grid-form.ts";
import { pageSaid, saidOf, undoSaid } from "./grid-query.ts";

/** `/label/grid`: many drawings of one class at once. Comes before `/label/{id}`. */
export function createGridRoutes(deps: AppDeps): Hono {
  const { grid, sheet } = deps.store;
  const routes = new Hono();

  routes.get("/", async (c) => {
    const props = { ...pageProps(c, deps.version), grid: await gridProps(deps, c.req.query()) };
    return c.html(`<!doctype html>${await GridPage(props)}`);
  });

  routes.post("/", async (c) => {
    const form = gridForm(deps.classes, await formFields(c));
    const { label, shown, odd } = form;
    const decided = odd.flatMap(({ id, decision }) => (decision === null ? [] : [{ id, decision }]));
    if (decided.length < odd.length) return c.html(await askPage(c, deps, form));
    const marked = new Set(odd.map(({ id }) => id));
    const confirm = shown.filter((id) => !marked.has(id));
    const result = await grid.decide({ label, confirm, odd: decided }, actorOf(c));
    return c.redirect(gridPath(label, pageSaid(result)), 303);
  });

  routes.post("/undo", async (c) => {
    const { action = "", label = "" } = await formFields(c);
    if (!/^\d{1,15}$/.test(action))
      throw new InputError(`action: expected the number of an action, found "${action.slice(0, 40)}"`);
    const shown = deps.classes.includes(label) ? label : null;
    try {
      const result = await sheet.undo(Number(action), actorOf(c));
      return c.redirect(gridPath(result.action?.label ?? shown, undoSaid(result)), 303);
    } catch (error) {
      // Someone else was first, or the same person in another tab: there is nothing left to do.
      if (!(error instanceof ConflictError)) throw error;
      return c.redirect(`${gridPath(shown)}${shown === null ? "?" : "&"}again=1`, 303);
    }
  });

  return routes;
}

async function gridProps(
  { store, classes }: Pick<AppDeps, "store" | "classes">,
  query: Partial<Record<string, string>>,
): Promise<GridPageProps["grid"]> {
  const counts = (await store.grid.counts()).filter(({ label }) => classes.includes(label));
  // Most labels first: there the grid saves the most time.
  const most = counts.toSorted((a, b) => b.unconfirmed - a.unconfirmed)[0];
  const fallback = most === undefined || most.unconfirmed === 0 ? null : most.label;
  const label = query.label === undefined || query.label === "" ? fallback : query.label;
  if (label !== null) requireClass(classes, label);
  const items = label === null ? [] : await store.grid.page(label, GRID_PAGE);
  const ids = items.map(({ id }) => id);
  return {
    ...{ classes, counts, label, items },
    sprite: ids.length === 0 ? null : { image: spriteUrl(ids), style: spriteStyleUrl(ids) },
    said: saidOf(query),
    isUndone: query.again === "1",
  };
}

async function askPage(
  c: Context,
  { version, classes }: AppDeps,
  { label, shown, odd }: ReturnType<typeof gridForm>,
): Promise<string> {
  const ids = odd.map(({ id }) => id);
  const props = { ...pageProps(c, version), classes, label, shown, odd: ids, style: spriteStyleUrl(shown) };
  return `<!doctype html>${await GridOddPage(props)}`;
}
