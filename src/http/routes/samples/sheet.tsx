/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono } from "hono";
import { SheetPage } from "../../../../views/fragments/samples/sheet-cells.tsx";
import { PER_PAGE } from "../../../../views/fragments/samples/sheet-path.ts";
import { SamplesPage } from "../../../../views/pages/lineage/samples.tsx";
import type { AppDeps } from "../../deps.ts";
import { isHtmx, pageProps, readerText, readerTimeZone } from "../reader.ts";
import { filterFields, filterOf } from "./filter-fields.ts";
import { spriteUrl } from "./sprite.ts";

/** Actions in the list of recent ones. */
const ACTIONS = 10;

/** `/samples`: the contact sheet. htmx gets the next page of it alone. */
export function createSheetRoute(deps: AppDeps): Hono {
  return new Hono().get("/", async (c) => {
    const fields = filterFields(c.req.query());
    const filter = filterOf(fields, readerTimeZone(c) ?? "UTC");
    const cursor = c.req.query("cursor") ?? "";
    const { items, nextCursor } = await deps.store.sheet.page({
      ...filter,
      limit: PER_PAGE,
      ...(cursor === "" ? {} : { cursor }),
    });
    const page = {
      ...{ text: readerText(c), fields, items, nextCursor },
      sprite: spriteUrl(items.map(({ id }) => id)),
      isFirst: !isHtmx(c),
    };
    if (isHtmx(c)) return c.html(items.length === 0 ? "" : await SheetPage(page));
    const [total, choices, arrivedBy, actions] = await Promise.all([
      deps.store.sheet.count(filter),
      deps.store.sheet.choices(),
      deps.store.samples.latestId(),
      deps.store.sheet.actions(ACTIONS),
    ]);
    return c.html(
      await document(c, deps, {
        ...page,
        ...choices,
        total,
        arrivedBy,
        actions,
        maxImportBytes: deps.limits.importBytes,
      }),
    );
  });
}

async function document(
  c: Context,
  deps: AppDeps,
  props: Omit<Parameters<typeof SamplesPage>[0], keyof ReturnType<typeof pageProps> | "classes">,
): Promise<string> {
  const modelVersions = props.modelVersions.toReversed();
  const page = { ...pageProps(c, deps.version), ...props, modelVersions, classes: deps.classes };
  return `<!doctype html>${await SamplesPage(page)}`;
}
