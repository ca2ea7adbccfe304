/** Shows the map of a run that ends while the page is open: at once, or when the reader asks for it. */
export function watchRun(): void {
  const live = document.querySelector<HTMLElement>("#map-run");
  if (live === null) return;
  const first = live.querySelector<HTMLElement>("[data-run]")?.dataset;
  const seen = first?.state === "done" ? first.run : null;
  new MutationObserver(() => {
    const { run, state } = live.querySelector<HTMLElement>("[data-run]")?.dataset ?? {};
    if (state !== "done" || run === seen) return;
    const fresh = document.querySelector<HTMLElement>("#map-fresh");
    // Without a map there is nothing to lose: no view, no selection.
    if (fresh === null) location.replace("/samples/map");
    else fresh.hidden = false;
  }).observe(live, { childList: true, subtree: true, attributes: true });
}
