import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { type Text, textIn } from "../../../views/i18n/text.ts";
import { FOOT_PAGES } from "../../../views/layout/foot.tsx";
import { NAV_PAGES } from "../../../views/layout/nav.tsx";
import type { PageProps } from "../../../views/layout/page.tsx";
import type { WhoProps } from "../../../views/layout/who.tsx";
import { isAtLeast, type Role } from "../../domain/access/role.ts";
import type { Notice } from "../../domain/notice.ts";
import { isTheme, type Theme } from "../../domain/theme.ts";
import { isLanguage, LANGUAGES, type Language } from "../../lib/languages.ts";
import { ruleOf } from "../access/rules.ts";

declare module "hono" {
  interface ContextVariableMap {
    /** Set for pages only. */
    notices?: readonly Notice[];
  }
}

/** The cookie with the reader's language. */
export const LANGUAGE_COOKIE = "lang";
/** The cookie with the reader's appearance. */
export const THEME_COOKIE = "theme";
const ZONE_COOKIE = "tz";

/** The reader's language (cookie, else Accept-Language, else English) and time zone (cookie, else UTC). */
export function readerText(c: Context): Text {
  return textIn(languageOf(c), readerTimeZone(c));
}

/** The unchecked time zone that the reader's browser has sent; undefined when it has sent none. */
export function readerTimeZone(c: Context): string | undefined {
  return getCookie(c, ZONE_COOKIE);
}

/** The props of every page. */
export function pageProps(c: Context, version: string): PageProps {
  const { pathname, search } = new URL(c.req.url);
  const [notices, inReview, strip] = [c.get("notices") ?? [], c.get("inReview") ?? 0, c.get("strip")];
  return {
    text: readerText(c),
    theme: themeOf(c),
    path: pathname + search,
    version,
    assetsId: c.get("assetsId"),
    notices,
    inReview,
    strip,
    ...readerProps(c),
  };
}

/** Who the reader is. Nothing for a request that was refused before that was known. */
function readerProps(c: Context): Pick<PageProps, "who" | "closed"> {
  const identity = c.get("identity");
  if (identity === undefined) return {};
  const who: WhoProps =
    identity === null
      ? { kind: "nobody", name: null, role: null }
      : { kind: identity.kind, name: identity.name, role: identity.role };
  return { who, closed: closedFor(who.role) };
}

/** The pages of the navigation that a role may not open. */
function closedFor(role: Role | null): string[] {
  return [...NAV_PAGES, ...FOOT_PAGES]
    .map(({ href }) => href)
    .filter((href) => {
      const needs = ruleOf("GET", href)?.needs ?? "admin";
      return needs !== "open" && (role === null || !isAtLeast(role, needs));
    });
}

/** Whether htmx requests a fragment, rather than the browser a page. */
export function isHtmx(c: Context): boolean {
  return c.req.header("hx-request") === "true";
}

function themeOf(c: Context): Theme {
  const chosen = getCookie(c, THEME_COOKIE);
  return isTheme(chosen) ? chosen : "system";
}

function languageOf(c: Context): Language {
  const chosen = getCookie(c, LANGUAGE_COOKIE);
  if (isLanguage(chosen)) return chosen;
  const accepted = (c.req.header("accept-language") ?? "")
    .split(",")
    .map(preference)
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of accepted) {
    const found = LANGUAGES.find((language) => tag === language || tag.startsWith(`${language}-`));
    if (found !== undefined) return found;
  }
  return "en";
}

/** One part of Accept-Language, such as "ja-JP;q=0.8". */
function preference(part: string): { tag: string; quality: number } {
  const [tag = "", ...parameters] = part
    .trim()
    .toLowerCase()
    .split(/\s*;\s*/);
  const q = parameters.find((parameter) => parameter.startsWith("q="));
  const quality = q === undefined ? 1 : Number(q.slice(2));
  return { tag, quality: Number.isFinite(quality) ? quality : 0 };
}
