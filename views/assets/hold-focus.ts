/** Elements that Tab reaches. */
const REACHED =
  'a[href], button:not([disabled]), input:not([disabled]):not([type="hidden"]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex]:not([tabindex="-1"])';

/**
 * Keeps the focus in the dialog that is open, also in one that is a popover (see `Ask`), and returns it to the element that
 * had it before. Browsers do neither for popovers, and let Tab leave a modal dialog for their own buttons.
 */
export function holdFocus(): void {
  let before: Element | null = null;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.ctrlKey || event.altKey || event.metaKey) return;
    const dialog = openDialog();
    if (dialog === null) return;
    const reached = reachedIn(dialog);
    const at = reached.indexOf(document.activeElement as HTMLElement);
    const next = at + (event.shiftKey ? -1 : 1);
    // The browser moves the focus within the dialog.
    if (at >= 0 && next >= 0 && next < reached.length) return;
    event.preventDefault();
    reached.at(event.shiftKey ? -1 : 0)?.focus();
  });
  // These events do not bubble.
  document.addEventListener(
    "beforetoggle",
    (event) => {
      if (isAsk(event.target) && event.newState === "open") before = document.activeElement;
    },
    { capture: true },
  );
  document.addEventListener(
    "toggle",
    (event) => {
      const { target } = event;
      if (!isAsk(target)) return;
      if (event.newState === "open") reachedIn(target)[0]?.focus();
      else if (isLost(target) && before instanceof HTMLElement && before.isConnected) before.focus();
    },
    { capture: true },
  );
}

/** The dialog on top; null when none is open. */
function openDialog(): HTMLElement | null {
  return [...document.querySelectorAll<HTMLElement>("dialog:modal, .ask:popover-open")].at(-1) ?? null;
}

function isAsk(target: EventTarget | null): target is HTMLElement {
  return target instanceof HTMLElement && target.matches(".ask");
}

/** Whether the focus is nowhere, or in what has just been closed. */
function isLost(closed: HTMLElement): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || closed.contains(activeElement);
}

function reachedIn(dialog: HTMLElement): HTMLElement[] {
  return [...dialog.querySelectorAll<HTMLElement>(REACHED)].filter((one) => one.checkVisibility());
}
