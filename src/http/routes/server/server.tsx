/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { ServerPage, StoppedPage } from "../../../../views/pages/server.tsx";
import { ForbiddenError } from "../../../lib/errors.ts";
import { saying } from "../../../lib/saying.ts";
import type { AppDeps } from "../../deps.ts";
import { formFields } from "../../middleware/form.ts";
import { pageProps } from "../reader.ts";

/** `/server`: the addresses for other devices, and the way to quit. */
export function createServerRoute(deps: AppDeps): Hono {
  const { access, process } = deps;
  return new Hono()
    .get("/", async (c) => {
      const { runs } = await deps.store.runs.list({ limit: 1 });
      const props = {
        ...{ ...pageProps(c, deps.version), access, openCommand: process.openCommand },
        urls: process.urls(),
        isRunning: runs[0]?.status === "running",
        backups: await deps.backups.state(),
      };
      return c.html(`<!doctype html>${await ServerPage(props)}`);
    })
    .post("/quit", async (c) => {
      await formFields(c);
      if (access !== "local") {
        throw new ForbiddenError(
          "Cannot quit from a page: the server is open to others, and there are no accounts. Stop it in the terminal or the service manager that started it",
          { says: saying("request.quit") },
        );
      }
      process.quit();
      return c.html(`<!doctype html>${StoppedPage(pageProps(c, deps.version))}`);
    });
}
