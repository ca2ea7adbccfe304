import type { Context, MiddlewareHandler } from "hono";
import { TrieRouter } from "hono/router/trie-router";
import { isAtLeast, ROLES, type Role } from "../../domain/access/role.ts";
import { readerText } from "../routes/reader.ts";
import { RULES } from "./rules.ts";

/** Attributes by which the page's script sends something, with the method that it sends. */
const ACTING = [
  ["hx-post", "POST"],
  ["hx-put", "PUT"],
  ["hx-patch", "PATCH"],
  ["hx-delete", "DELETE"],
] as const;

const CONTROLS = 'button, input[type="submit"], input[type="image"]';

/**
 * Disables the controls of a page that the role of its reader may not use, and says which role they need. The rules of the
 * routes that they lead to decide, as for the requests themselves. Pages and fragments only, which are complete when they
 * are sent; those for an admin stay as they are.
 */
export function dimControls(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const dim = dimmerFor(c);
    if (dim === null) return;
    if (!c.res.headers.get("content-type")?.startsWith("text/html") || c.res.body === null) return;
    const page = await c.res.text();
    const { status, headers } = c.res;
    c.res = undefined;
    c.res = new Response(dim(page), { status, headers });
  };
}

/**
 * Returns a function that does this to HTML, for what is sent to a page in a stream.
 * @returns null for a reader who may do everything.
 */
export function dimmerFor(c: Context): ((html: string) => string) | null {
  const identity = c.get("identity");
  if (identity === null || identity === undefined || identity.role === "admin") return null;
  const { t } = readerText(c);
  const { url } = c.req;
  const lacking: Lacking = (method, target) => {
    const needed = target === null ? null : needsOf(method, target, url);
    return needed === null || isAtLeast(identity.role, needed) ? null : needed;
  };
  return (html) => dimmed(html, lacking, (needed) => t("who.needsRole", { role: t(`role.${needed}`) }));
}

/**
 * Returns the page with each control disabled for which a role is lacking.
 * @param lacking the role that a request needs and the reader lacks; null when none is.
 * @param words says which role is needed.
 */
function dimmed(page: string, lacking: Lacking, words: (needed: Role) => string): string {
  const forms = lackingOfForms(page, lacking);
  const questions = lackingOfQuestions(page, lacking);
  /** The role that the form lacks within which the page is being read. */
  let inForm: Role | null = null;
  let method = "";
  return new HTMLRewriter()
    .on("form", {
      element(form) {
        inForm = lackingOf(form, lacking);
        method = form.getAttribute("method") ?? "get";
        if (inForm === null) return;
        form.setAttribute("data-needs-role", inForm);
        form.onEndTag(() => {
          inForm = null;
        });
      },
    })
    .on(CONTROLS, {
      element(control) {
        const needed = own(control) ?? opens(control) ?? (submits(control) ? ofForm(control) : null);
        if (needed === null) return;
        control.setAttribute("disabled", "");
        control.setAttribute("data-needs-role", needed);
        control.setAttribute("title", words(needed));
        control.setAttribute("aria-description", words(needed));
      },
    })
    .transform(page);

  function own(control: HTMLRewriterTypes.Element): Role | null {
    const sent = (control.getAttribute("formmethod") ?? method).toUpperCase();
    return lacking(sent, control.getAttribute("formaction")) ?? lackingBy(control, lacking);
  }

  /** A button that only opens a question which its reader may not confirm leads nowhere. */
  function opens(control: HTMLRewriterTypes.Element): Role | null {
    if (control.getAttribute("popovertargetaction") === "hide") return null;
    return questions.get(control.getAttribute("popovertarget") ?? "") ?? null;
  }

  /** A control with a target of its own does not lead where its form does. */
  function ofForm(control: HTMLRewriterTypes.Element): Role | null {
    if (control.hasAttribute("formaction")) return null;
    const form = control.getAttribute("form");
    return form === null ? inForm : (forms.get(form) ?? null);
  }
}

/** The roles that forms lack to which controls elsewhere on the page belong, by their ids. */
function lackingOfForms(page: string, lacking: Lacking): ReadonlyMap<string, Role> {
  const forms = new Map<string, Role>();
  if (!/ form="/.test(page)) return forms;
  new HTMLRewriter()
    .on("form[id]", {
      element(form) {
        const needed = lackingOf(form, lacking);
        if (needed !== null) forms.set(form.getAttribute("id") ?? "", needed);
      },
    })
    .transform(page);
  return forms;
}

/** The roles that the forms lack which are within an element that a button opens, by its id. */
function lackingOfQuestions(page: string, lacking: Lacking): ReadonlyMap<string, Role> {
  const questions = new Map<string, Role>();
  if (!/ popovertarget="/.test(page)) return questions;
  let open: string | null = null;
  new HTMLRewriter()
    .on("[popover]", {
      element(question) {
        open = question.getAttribute("id");
        question.onEndTag(() => {
          open = null;
        });
      },
    })
    .on("[popover] form", {
      element(form) {
        const needed = lackingOf(form, lacking);
        if (open !== null && needed !== null) questions.set(open, needed);
      },
    })
    .transform(page);
  return questions;
}

type Lacking = (method: string, target: string | null) => Role | null;

/** The role that sending a form needs and the reader lacks. */
function lackingOf(form: HTMLRewriterTypes.Element, lacking: Lacking): Role | null {
  const isPost = form.getAttribute("method")?.toLowerCase() === "post";
  return (isPost ? lacking("POST", form.getAttribute("action")) : null) ?? lackingBy(form, lacking);
}

function lackingBy(element: HTMLRewriterTypes.Element, lacking: Lacking): Role | null {
  const needed = ACTING.map(([attribute, method]) => lacking(method, element.getAttribute(attribute)));
  return needed.find((role) => role !== null) ?? null;
}

/** Whether a control sends its form. */
function submits(control: HTMLRewriterTypes.Element): boolean {
  return control.tagName !== "button" || (control.getAttribute("type") ?? "submit") === "submit";
}

const router = new TrieRouter<Role>();
for (const [key, { needs }] of RULES) {
  const [method = "", path = ""] = key.split(" ");
  if (needs !== "open") router.add(method, path, needs);
}

/** Returns which role a request needs; null when everyone may send it, or nothing is known of it. @param page of the link. */
function needsOf(method: string, target: string, page: string): Role | null {
  const path = URL.parse(target, page)?.pathname;
  if (path === undefined) return null;
  const [found] = router.match(method, path);
  const roles = found.map(([role]) => role);
  return ROLES.findLast((role) => roles.includes(role)) ?? null;
}
