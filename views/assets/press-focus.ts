/**
 * Keeps the focus off the buttons that a mouse or a finger presses: Enter and Space are keys of the page, and would press
 * the same button again. Reaching a button by Tab is as always.
 *
 * @param buttons selector of the buttons within `root`. @param home what has the focus instead; null leaves it nowhere.
 */
export function focusNoPressed(
  root: HTMLElement | Document,
  buttons: string,
  home: () => HTMLElement | null,
): void {
  // Also the one that a browser makes of a touch, after the touch.
  root.addEventListener("mousedown", (event) => {
    const target = event.target instanceof Element ? event.target.closest(buttons) : null;
    if (target === null || (event as MouseEvent).button !== 0) return;
    event.preventDefault();
    const next = home();
    if (next !== null) next.focus({ preventScroll: true });
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
}
