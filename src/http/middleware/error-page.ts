import { html } from "hono/html";
import type { RenderErrorPage } from "./errors.ts";

/** The page shown when nobody has given a handsomer one: the title, what happened, and the way back. */
export const plainErrorPage: RenderErrorPage = (c, problem) =>
  c.html(
    html`<!doctype html>
      <html lang="en">
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${problem.title}</title>
        <h1>${problem.title}</h1>
        <p>${problem.detail}</p>
        <p><a href="/">Back to drawing</a></p>
      </html>`,
    problem.status,
  );
