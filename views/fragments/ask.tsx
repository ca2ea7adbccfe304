/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { Text } from "../i18n/text.ts";

/** A button, and the form that confirms it. */
export interface AskProps {
  text: Text;
  /** Unique on the page. */
  id: string;
  /** Text of the button that opens the question. */
  opener: string;
  title: string;
  /** Address that the form is sent to. */
  action: string;
  /** Text of the button that confirms. */
  confirm: string;
  isGrave?: boolean;
  /** Element that htmx replaces with the response; without it, the form is a plain one. */
  target?: string;
  /** Between the title and the buttons, inside the form. */
  children?: Child;
}

/** A button that asks before it acts. A popover: works without script, closes with Escape or a click outside of it. */
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
