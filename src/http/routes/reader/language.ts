import { Hono } from "hono";
import { setCookie } from "hono/cookie";
import { isLanguage } from "../../../lib/languages.ts";
import { localPath } from "../../local-path.ts";
import { formFields } from "../../middleware/form.ts";
import { LANGUAGE_COOKIE } from "../reader.ts";

const YEAR_S = 31_536_000;

/** `POST /language`: stores the language in a cookie and redirects to the page; an unknown language changes nothing. */
export function createLanguageRoute(): Hono {
  return new Hono().post("/", async (c) => {
    const { language, back } = await formFields(c);
    if (isLanguage(language)) {
      setCookie(c, LANGUAGE_COOKIE, language, { path: "/", maxAge: YEAR_S, sameSite: "Lax", httpOnly: true });
    }
    return c.redirect(localPath(back), 303);
  });
}
