/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { StyleguidePage } from "../../../../views/pages/styleguide.tsx";
import { styleTokens } from "../../../../views/styleguide/tokens.ts";
import { NotFoundError } from "../../../lib/errors.ts";
import type { AppDeps } from "../../deps.ts";
import { pageProps } from "../reader.ts";
import { seeOther } from "../see-other.ts";
import { examplePicture } from "./example-picture.ts";

/** `/styleguide`: the tokens of the stylesheet that the pages load, and examples of the components. For no search engine. */
export function createStyleguideRoute({ assets, version }: Pick<AppDeps, "assets" | "version">): Hono {
  return (
    new Hono()
      .get("/", async (c) => {
        const css = assets.get("style.css");
        if (css === undefined)
          throw new NotFoundError("There is no stylesheet: the server was built without style.css");
        const tokens = styleTokens(new TextDecoder().decode(css.body));
        c.header("x-robots-tag", "noindex");
        const props = { ...pageProps(c, version), tokens, picture: examplePicture() };
        return c.html(`<!doctype html>${await StyleguidePage(props)}`);
      })
      // Its forms are examples: sending one changes nothing.
      .post("/", (c) => seeOther(c, "/styleguide"))
  );
}
