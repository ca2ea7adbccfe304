import { type DragMode, Gestures } from "./gestures.ts";
import { Legend, labelOf, numberWords, press } from "./legend.ts";
import { mapActionOf, ZOOM_STEP } from "./map-keys.ts";
import { type MapPicture, paintMap } from "./paint-map.ts";
import { PointCard } from "./point-card.ts";
import type { MapPoints } from "./points.ts";
import { fitted, type Point, panned, type ScreenSize, toMap, zoomed } from "./viewport.ts";

/** A point is found this far from the pointer, and the keyboard's box moves by it, in CSS pixels. */
const REACH_PX = 14;
const LEAST_BOX_PX = 28;
const FIRST_BOX_PX = 84;

/** The map: what is shown of it, and how drawings are selected on it. */
export class MapView {
  readonly #surface: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #card: PointCard;
  readonly #legend = new Legend();
  readonly #texts: Readonly<Record<string, string>>;
  readonly #classes: readonly string[];
  readonly #onSelect: (places: readonly number[]) => void;
  #mode: DragMode = "lasso";
  #picture: MapPicture;
  #isPainting = false;

  /** @param onSelect is called with the places of the points to select. */
  constructor(
    surface: HTMLElement,
    points: MapPoints,
    classes: readonly string[],
    onSelect: (places: readonly number[]) => void,
  ) {
    this.#surface = surface;
    this.#canvas = surface.querySelector("canvas")!;
    this.#texts = JSON.parse(surface.dataset.texts ?? "{}") as Record<string, string>;
    this.#card = new PointCard(document.querySelector<HTMLElement>("#map-card")!, this.#texts);
    this.#classes = classes;
    this.#onSelect = onSelect;
    this.#picture = {
      ...{ points, view: fitted(this.#size()), selected: new Set(), line: [], box: null },
      ...{ marksWrong: true, current: null },
    };
    this.#listen();
    this.replace(points);
  }

  #listen(): void {
    const surface = this.#surface;
    new Gestures(surface, {
      mode: () => this.#mode,
      drawing: (line) => this.#show({ line: [...line] }),
      lassoed: (line, isAdding) => {
        const corners = line.map((corner) => toMap(this.#picture.view, corner));
        this.#select(this.#picture.points.inside(corners), isAdding);
      },
      clicked: (at, isAdding) => this.#clicked(at, isAdding),
      panned: (by) => this.#pan(by),
      zoomed: (factor, at) => this.#zoom(factor, at),
      hovered: (at) => this.#hovered(at),
    });
    surface.addEventListener("keydown", (event) => this.#key(event));
    surface.addEventListener("focus", () => {
      // A pointer needs neither cross nor box.
      if (surface.matches(":focus-visible")) this.#show({ box: this.#boxNow() });
    });
    surface.addEventListener("blur", () => this.#show({ box: null }));
    document.addEventListener("click", ({ target }) => this.#button(target));
    let { width } = this.#size();
    new ResizeObserver(() => {
      // On a phone, the height changes with the browser's own bars.
      if (width !== this.#size().width) this.#fit();
      width = this.#size().width;
      this.#show({});
    }).observe(surface);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#show({}));
  }

  /** Shows other points, as after an undo. */
  replace(points: MapPoints): void {
    this.#legend.apply(points);
    this.#legend.showCounts(points);
    this.#show({ points, current: null, selected: new Set() });
  }

  /** Marks points as selected. */
  mark(selected: ReadonlySet<number>): void {
    this.#show({ selected });
  }

  /** A drawing has another label or state. */
  change(id: string, label: string, state: string): void {
    this.#picture.points.change(id, label, state);
    this.#legend.showCounts(this.#picture.points);
    this.#show({});
  }

  /** Says something to those who cannot see the map. */
  say(words: string): void {
    document.querySelector("#map-live")?.replaceChildren(words);
  }

  /** Changes the picture, and paints it before the next frame. */
  #show(change: Partial<MapPicture>): void {
    this.#picture = { ...this.#picture, ...change };
    if (this.#isPainting) return;
    this.#isPainting = true;
    requestAnimationFrame(() => {
      this.#isPainting = false;
      const own = getComputedStyle(this.#surface);
      paintMap(this.#canvas, this.#picture, {
        labels: this.#legend.colours(this.#picture.points),
        ...{ ink: own.color, paper: own.backgroundColor, font: own.fontFamily },
        ...{ accent: own.outlineColor, onAccent: own.caretColor },
      });
    });
  }

  #size(): ScreenSize {
    return { width: this.#canvas.clientWidth, height: this.#canvas.clientHeight };
  }

  #fit(): void {
    this.#show({ view: fitted(this.#size()) });
  }

  #pan(by: Point): void {
    this.#show({ view: panned(this.#picture.view, by, this.#size()) });
  }

  #zoom(factor: number, at: Point): void {
    this.#show({ view: zoomed(this.#picture.view, factor, at, this.#size()) });
  }

  #near(at: Point): number | null {
    const { points, view } = this.#picture;
    return points.nearest(toMap(view, at), REACH_PX / view.scale);
  }

  #hovered(at: Point | null): void {
    this.#point(at === null ? null : this.#near(at));
  }

  #point(current: number | null): void {
    if (current === this.#picture.current) return;
    this.#show({ current });
    if (current !== null) this.#card.show(this.#picture.points, current);
  }

  #clicked(at: Point, isAdding: boolean): void {
    const found = this.#near(at);
    this.#point(found);
    if (found !== null && isAdding) this.#toggle(found);
  }

  #toggle(place: number): void {
    const chosen = new Set(this.#picture.selected);
    if (!chosen.delete(place)) chosen.add(place);
    this.#select([...chosen], false);
  }

  #select(places: readonly number[], isAdding: boolean): void {
    const all = isAdding ? [...this.#picture.selected, ...places] : places;
    this.#onSelect([...new Set(all)].sort((a, b) => a - b));
  }

  #boxNow(): NonNullable<MapPicture["box"]> {
    const { width, height } = this.#size();
    const side = FIRST_BOX_PX;
    return this.#picture.box ?? { x: width / 2, y: height / 2, width: side, height: side };
  }

  #key(event: KeyboardEvent): void {
    const action = mapActionOf(event, this.#classes);
    if (action === null) return;
    event.preventDefault();
    const box = this.#boxNow();
    this.#show({ box });
    if (action.kind === "select") this.#select(this.#inBox(), action.isAdding);
    else if (action.kind === "toggle") {
      const found = this.#near(box);
      if (found !== null) this.#toggle(found);
    } else if (action.kind === "zoom") this.#zoom(action.factor, box);
    else if (action.kind === "fit") this.#fit();
    else if (action.kind === "move") this.#move({ x: action.x * REACH_PX, y: action.y * REACH_PX });
    else {
      const width = Math.max(LEAST_BOX_PX, box.width + 2 * action.x * REACH_PX);
      const height = Math.max(LEAST_BOX_PX, box.height + 2 * action.y * REACH_PX);
      this.#show({ box: { ...box, width, height } });
    }
    // A selection is announced once its drawings are loaded.
    if (action.kind !== "select" && action.kind !== "toggle") this.#tellBox();
  }

  /** Moves the box; at the border of the window, the map. */
  #move(by: Point): void {
    const box = this.#boxNow();
    const { width, height } = this.#size();
    const to = { x: box.x + by.x, y: box.y + by.y };
    if (to.x >= 0 && to.x <= width && to.y >= 0 && to.y <= height) this.#show({ box: { ...box, ...to } });
    else this.#pan({ x: -by.x, y: -by.y });
  }

  #inBox(): number[] {
    const { x, y, width, height } = this.#boxNow();
    const { points, view } = this.#picture;
    return points.inBox(
      toMap(view, { x: x - width / 2, y: y - height / 2 }),
      toMap(view, { x: x + width / 2, y: y + height / 2 }),
    );
  }

  #tellBox(): void {
    this.#point(this.#near(this.#boxNow()));
    const { current, points } = this.#picture;
    const words = (this.#texts.inBox ?? "").replace("{n}", numberWords(this.#inBox().length));
    this.say(current === null ? words : `${words} ${this.#card.words(points, current)}`);
  }

  #button(target: EventTarget | null): void {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-map]") : null;
    if (button === null) return;
    const command = button.dataset.map;
    const middle = this.#boxNow();
    if (command === "in") this.#zoom(ZOOM_STEP, middle);
    if (command === "out") this.#zoom(1 / ZOOM_STEP, middle);
    if (command === "fit") this.#fit();
    if (command === "lasso" || command === "pan") this.#setMode(command);
    if (command === "wrong") this.#show({ marksWrong: press(button) });
    if (command === "label") {
      this.#picture.points.toggle(labelOf(button), press(button));
      this.#show({});
    }
  }

  #setMode(mode: DragMode): void {
    this.#mode = mode;
    this.#surface.dataset.mode = mode;
    for (const name of ["lasso", "pan"])
      document.querySelector(`[data-map="${name}"]`)?.setAttribute("aria-pressed", String(name === mode));
  }
}
