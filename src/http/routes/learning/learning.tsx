/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { Hono } from "hono";
import { LearningContent, LearningPage } from "../../../../views/pages/learning.tsx";
import type { AppDeps } from "../../deps.ts";
import { tooLong } from "../../expected.ts";
import { isHtmx, pageProps, readerText } from "../reader.ts";

/** Characters of a writer's name, as for labels. */
const MOST = 100;

/** `/learning`: what labels have brought, and with `?writer=NAME` to one person. */
export function createLearningRoute({
  learning,
  classes,
  version,
}: Pick<AppDeps, "learning" | "classes" | "version">): Hono {
  // The base model has the ten digits: it is one for every list that includes them.
  const hasBase = [..."0123456789"].every((digit) => classes.includes(digit));
  return new Hono().get("/", async (c) => {
    const writer = c.req.query("writer")?.trim() ?? "";
    if (writer.length > MOST) throw tooLong("writer", MOST, writer.length);
    if (isHtmx(c)) {
      const parts = { text: readerText(c), overview: await learning.overview(), hasBase };
      return c.html(<LearningContent {...parts} />);
    }
    const [overview, progress] = await Promise.all([
      learning.overview(),
      writer === "" ? null : learning.person(writer),
    ]);
    const props = { ...pageProps(c, version), overview, hasBase, person: { writer, progress } };
    return c.html(`<!doctype html>${await (<LearningPage {...props} />)}`);
  });
}
