/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { Text } from "../i18n/text.ts";

export interface AskProps {
  text: Text;
  /** Unique on the page. */
  id: string;
  /** On the button that asks. */
  opener: string;
  title: string;
  /** Where the form goes. */
  action: string;
  /** On the button that does it. */
  confirm: string;
  isGrave?: boolean;
  /** What htmx swaps with the answer; without it the form is a plain one. */
  target?: string;
  /** Between the title and the buttons, inside the form. */
  children?: Child;
}

/** A button that asks before it acts. A popover: works without script, closes with Escape or a click beside it. */
export function Ask({
  text,
  id,
  opener,
  title,
  action,
  confirm,
  isGrave = false,
  target,
  children,
}: AskProps) {
  const htmx = target === undefined ? {} : { "hx-post": action, "hx-target": target, "hx-swap": "outerHTML" };
  return (
    <>
      <button class={isGrave ? "button button-grave" : "button"} type="button" popovertarget={id}>
        {opener}
      </button>
      <div id={id} class="ask" popover="auto" role="dialog" aria-labelledby={`${id}-title`}>
        <form method="post" action={action} {...htmx}>
          <h2 id={`${id}-title`}>{title}</h2>
          {children}
          <div class="ask-actions">
            <button class="button" type="button" popovertarget={id} popovertargetaction="hide">
              {text.t("models.close")}
            </button>
            <button class="button button-main" type="submit">
              {confirm}
            </button>
          </div>
        </form>
      </div>
    </>
  );
}
