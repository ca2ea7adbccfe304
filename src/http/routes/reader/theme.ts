import { Hono } from "hono";
import { setCookie } from "hono/cookie";
import { isTheme } from "../../../domain/theme.ts";
import { localPath } from "../../local-path.ts";
import { formFields } from "../../middleware/form.ts";
import { THEME_COOKIE } from "../reader.ts";

const YEAR_S = 31_536_000;

/** `POST /theme`: stores the appearance in a cookie and redirects to the page; an unknown one changes nothing. */
export function createThemeRoute(): Hono {
  return new Hono().post("/", async (c) => {
    const { theme, back } = await formFields(c);
    if (isTheme(theme)) {
      setCookie(c, THEME_COOKIE, theme, { path: "/", maxAge: YEAR_S, sameSite: "Lax", httpOnly: true });
    }
    return c.redirect(localPath(back), 303);
  });
}
