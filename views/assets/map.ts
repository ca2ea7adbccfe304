import { loadCells } from "./map/load-cells.ts";
import { MapView } from "./map/map-view.ts";
import { MapPoints, type PointColumns } from "./map/points.ts";
import { watchRun } from "./map/watch-run.ts";
import { SheetView } from "./samples/sheet-view.ts";

/** As many drawings as one request names; `MAX_SELECTED` of the server. */
const MAX_SELECTED = 5_000;

watchRun();
const surface = document.querySelector<HTMLElement>("#map");
const started = surface === null ? Promise.resolve() : startMap(surface);
void started.then(() => {
  document.documentElement.dataset.ready = "true";
});

/** Connects the map with the sheet of what is selected on it. */
async function startMap(map: HTMLElement): Promise<void> {
  const texts = JSON.parse(map.dataset.texts ?? "{}") as Record<string, string>;
  const sheet = document.querySelector<HTMLElement>("#sheet");
  let points = await loadPoints();
  if (points === null) {
    document.querySelector("#map-live")?.replaceChildren(texts.failed ?? "");
    return;
  }
  let loading = new AbortController();
  const own = new SheetView({
    async refresh() {
      const now = await loadPoints();
      if (now === null) return;
      points = now;
      view.replace(now);
    },
    changed: ({ id = "", label = "", state = "" }) => view.change(id, label, state),
    selected: (ids) => view.mark(new Set(ids.flatMap((id) => points?.placeOf(id) ?? []))),
  });
  const view = new MapView(
    map,
    points,
    JSON.parse(sheet?.dataset.classes ?? "[]") as string[],
    (places) => void select(places),
  );

  async function select(places: readonly number[]): Promise<void> {
    loading.abort();
    loading = new AbortController();
    const { signal } = loading;
    const words = (text: string | undefined, n: number) =>
      (text ?? "").replace("{n}", new Intl.NumberFormat(document.documentElement.lang).format(n));
    if (points === null || places.length > MAX_SELECTED) {
      view.say(words(texts.tooMany, places.length));
      return;
    }
    view.mark(new Set(places));
    try {
      const pages = await loadCells(points, places, signal, (n) => {
        if (n < places.length) view.say(words(texts.loading, n));
      });
      if (signal.aborted) return;
      if (sheet !== null) sheet.hidden = pages.length === 0;
      own.showSelected(pages);
      view.say(words(places.length === 0 ? texts.nothing : texts.selected, places.length));
    } catch (error) {
      if (!signal.aborted) view.say(texts.failed ?? "");
      if (!(error instanceof TypeError || signal.aborted)) throw error;
    }
  }
}

/** Null when they do not arrive. */
async function loadPoints(): Promise<MapPoints | null> {
  const response = await fetch("/samples/map/points").catch(() => null);
  return response?.ok === true ? new MapPoints((await response.json()) as PointColumns) : null;
}
