/**
 * Makes the buttons of an element act when a finger or pen leaves them, instead of on the click that the browser may make
 * of it: it makes none of a tap while another finger is down, or of one that follows a stroke too soon.
 */
export function pressOnUp(root: HTMLElement): void {
  const down = new Map<number, HTMLButtonElement>();
  /** Whether the next click of the browser is of a tap that has acted already. It may land on another button by then. */
  let isDone = false;
  root.addEventListener("pointerdown", (event) => {
    isDone = false;
    const button = buttonAt(event.target);
    if (event.pointerType !== "mouse" && event.button === 0 && button !== null)
      down.set(event.pointerId, button);
  });
  root.addEventListener("pointerup", (event) => {
    const button = down.get(event.pointerId);
    down.delete(event.pointerId);
    if (button === undefined) return;
    const under = document.elementFromPoint(event.clientX, event.clientY);
    if (buttonAt(under) !== button) return;
    isDone = true;
    button.click();
  });
  // The browser scrolls instead.
  root.addEventListener("pointercancel", (event) => down.delete(event.pointerId));
  document.addEventListener(
    "click",
    (event) => {
      // A key's click has no detail.
      if (!event.isTrusted || event.detail === 0 || !isDone) return;
      isDone = false;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}

function buttonAt(target: EventTarget | null): HTMLButtonElement | null {
  return target instanceof Element ? target.closest("button") : null;
}
