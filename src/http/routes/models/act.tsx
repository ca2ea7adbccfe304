/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from "hono";
import { ModelsList } from "../../../../views/fragments/models/models-list.tsx";
import { NoticeBeside, type NoticeProps } from "../../../../views/fragments/notice.tsx";
import { ModelsPage } from "../../../../views/pages/models.tsx";
import { InputError, NotFoundError, TegakiError } from "../../../lib/errors.ts";
import type { AppDeps } from "../../deps.ts";
import { errorWords } from "../failures.ts";
import { isHtmx, pageProps, readerText } from "../reader.ts";
import { modelsListProps } from "./models-list.ts";

/** Executes an action and shows the updated list. Errors written for people are shown above the list. */
export async function act(c: Context, deps: AppDeps, action: () => Promise<string>): Promise<Response> {
  try {
    const message = await action();
    if (!isHtmx(c)) return c.redirect("/models", 303);
    return c.html(await listWithNotice(c, deps, { kind: "done", message }));
  } catch (error) {
    if (error instanceof NotFoundError || !(error instanceof TegakiError)) throw error;
    const notice: NoticeProps = { kind: "problem", message: errorWords(readerText(c), error) };
    const html = isHtmx(c) ? await listWithNotice(c, deps, notice) : await modelsPage(c, deps, notice);
    return c.html(html, error instanceof InputError ? 400 : 409);
  }
}

/** Renders the page of all versions. @param before shows versions below this one. */
export async function modelsPage(
  c: Context,
  deps: AppDeps,
  notice: NoticeProps | null,
  before?: number,
): Promise<string> {
  const list = await modelsListProps(deps, before);
  const props = { ...pageProps(c, deps.version), path: "/models", list, notice };
  return `<!doctype html>${await ModelsPage(props)}`;
}

async function listWithNotice(c: Context, deps: AppDeps, notice: NoticeProps): Promise<string> {
  const list = await modelsListProps(deps);
  return `${await ModelsList({ text: readerText(c), ...list })}${await NoticeBeside({ notice })}`;
}
