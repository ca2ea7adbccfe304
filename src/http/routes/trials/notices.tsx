/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { NoticeList } from "../../../../views/layout/site-notices.tsx";
import { NotFoundError } from "../../../lib/errors.ts";
import { actorOf } from "../../access/identity.ts";
import type { AppDeps } from "../../deps.ts";
import { localPath } from "../../local-path.ts";
import { formFields } from "../../middleware/form.ts";
import { isHtmx, readerText } from "../reader.ts";

type NoticeDeps = Pick<AppDeps, "store">;

/** Reads the notices that every page shows. */
export function openNotices({ store }: NoticeDeps): MiddlewareHandler {
  return async (c, next) => {
    c.set("notices", await store.notices.open());
    await next();
  };
}

/** `/notices`: the content of the region of notices, and their acknowledgement. */
export function createNoticeRoutes({ store: { notices } }: NoticeDeps): Hono {
  const list = async (c: Context, back: string) =>
    c.html(
      String(
        await (<NoticeList text={readerText(c)} notices={await notices.open()} path={localPath(back)} />),
      ),
    );
  return new Hono()
    .get("/", (c) => list(c, c.req.query("back") ?? "/"))
    .post("/:id{[1-9][0-9]{0,14}}/acknowledge", async (c) => {
      const { back = "/" } = await formFields(c);
      const id = Number(c.req.param("id"));
      if ((await notices.acknowledge(id, actorOf(c))) === null) {
        throw new NotFoundError(`There is no notice ${id}`);
      }
      return isHtmx(c) ? list(c, back) : c.redirect(localPath(back), 303);
    });
}
