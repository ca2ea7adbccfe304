/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { ServerPage, StoppedPage } from "../../../../views/pages/server.tsx";
import { isAtLeast } from "../../../domain/access/role.ts";
import { identityOf } from "../../access/identity.ts";
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
        canQuit: isAtLeast(identityOf(c).role, "admin"),
        urls: process.urls(),
        isRunning: runs[0]?.status === "running",
        backups: await deps.backups.state(),
      };
      return c.html(`<!doctype html>${await ServerPage(props)}`);
    })
    .post("/quit", async (c) => {
      await formFields(c);
      process.quit();
      return c.html(`<!doctype html>${StoppedPage(pageProps(c, deps.version))}`);
    });
}
