/**
 * Tells which version is live, at once and whenever it changes: the page's event stream says so in `data-live` of the
 * training strip, empty while there is no model.
 */
export function followLiveModel(root: HTMLElement, changed: (version: number | null) => void): void {
  const strip = root.querySelector<HTMLElement>("#learning")!;
  let last: string | undefined;
  const read = () => {
    const live = strip.querySelector<HTMLElement>("[data-live]")?.dataset.live;
    if (live === undefined || live === last) return;
    last = live;
    changed(live === "" ? null : Number(live));
  };
  new MutationObserver(read).observe(strip, {
    ...{ subtree: true, childList: true, attributes: true, attributeFilter: ["data-live"] },
  });
  read();
}
