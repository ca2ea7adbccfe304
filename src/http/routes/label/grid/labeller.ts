import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { MAX_LABELLER } from "../../../../domain/queue/question.ts";
import { labellerNamed } from "../../../access/own-name.ts";

/** Who labels in this browser; the script replaces it by the name that was typed on the Draw page. */
const COOKIE = "tegaki-labeller";
const YEAR_S = 365 * 24 * 60 * 60;

/**
 * Returns who labels: the name of someone who has logged in, else the name that a form has, else that of the browser's cookie, else a new random one, which the
 * cookie keeps.
 */
export function labellerOf(c: Context, given?: string): string {
  const own = labellerNamed(c, "");
  if (own !== "") return own;
  const known = [given, getCookie(c, COOKIE)].find((name) => name !== undefined && isLabeller(name));
  if (known !== undefined) return known.trim();
  const fresh = `anon-${crypto.randomUUID()}`;
  setCookie(c, COOKIE, fresh, { path: "/label/grid", maxAge: YEAR_S, sameSite: "Lax" });
  return fresh;
}

function isLabeller(name: string): boolean {
  const trimmed = name.trim();
  return trimmed !== "" && [...trimmed].length <= MAX_LABELLER && !/\p{Cc}/u.test(trimmed);
}
