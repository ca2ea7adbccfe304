import { all, graphView, one } from "./dom.ts";
import { standaloneSvg } from "./save.ts";

const MIN_ZOOM = 0.1;
const MAX_ZOOM = 2.5;
const STEP = 1.25;
/** Largest zoom when fitting: a small graph is not enlarged much. */
const MAX_FIT = 1.1;
const MARGIN_PX = 16;
/** The smallest size, in px, at which a picture opens its names. */
const READABLE_PX = 11;
/** A pointer that moves less than this, in px, is a click. */
const DRAG_PX = 4;
/** Distance of layers' names from the edge of the view. */
const LAYER_INSET_PX = { x: 20, y: 27 };
/** From this ratio of its sides, the map of a picture is stretched: it would be a line. */
const LONG = 8;

/** Zoom and scroll position. */
export interface Look {
  zoom: number;
  left: number;
  top: number;
  size: string;
  isFitted: boolean;
}

/**
 * Zoom and pan of the picture: its element is as large as the zoom requires, and the browser scrolls it, so that
 * wheel, touch, keys and scroll bars pan as usual.
 */
export class Viewport {
  readonly #port: HTMLElement;
  readonly #svg: SVGSVGElement | null;
  readonly #width: number;
  readonly #height: number;
  #zoom = 1;
  /** The picture's coordinates at the top left corner of its element. */
  #left = 0;
  #top = 0;
  /** Whether the picture fits any window size: until the reader zooms or pans. */
  #isFitted = false;

  /** @param look position before the picture was rendered again; kept if its size is unchanged. */
  constructor(look: Look | null, signal: AbortSignal) {
    this.#port = one<HTMLElement>("#graph-port");
    this.#svg = this.#port.querySelector<SVGSVGElement>("#graph-svg");
    this.#width = this.#svg?.viewBox.baseVal.width ?? 1;
    this.#height = this.#svg?.viewBox.baseVal.height ?? 1;
    if (this.#svg === null) return;
    this.#listen(signal);
    one<HTMLElement>(".g-zoom", graphView()).dataset.ready = "true";
    if (look !== null && look.size === this.#size()) this.#restore(look);
    else this.#open();
  }

  look(): Look {
    const { scrollLeft: left, scrollTop: top } = this.#port;
    return { zoom: this.#zoom, left, top, size: this.#size(), isFitted: this.#isFitted };
  }

  /** The whole picture as an SVG file, including the parts out of view; "" when there is none. */
  asFile(): string {
    return this.#svg === null ? "" : standaloneSvg(this.#svg, this.#width, this.#height);
  }

  /** Opens the whole picture, or all of its width, as long as its names can be read; otherwise its start. */
  #open(): void {
    const least = this.#readableZoom();
    // Each zoom of a large picture takes the browser a tenth of a second or more: it is set once.
    const whole = this.#fittingZoom();
    this.#set(whole >= least ? whole : Math.max(least, this.#acrossZoom()));
    this.#toStart();
    this.#isFitted = whole >= least;
  }

  /** The zoom at which the smallest name has `READABLE_PX`. */
  #readableZoom(): number {
    const sizes = all<SVGTextElement>(".g-name", this.#port).map((name) =>
      Number(name.getAttribute("font-size")),
    );
    return sizes.length === 0 ? 1 : READABLE_PX / Math.min(...sizes);
  }

  /** The zoom at which the picture fits across its flow: its width when it flows down. */
  #acrossZoom(): number {
    const { clientWidth, clientHeight } = this.#port;
    const across = this.#isToRight()
      ? (clientHeight - MARGIN_PX) / this.#height
      : (clientWidth - MARGIN_PX) / this.#width;
    return Math.min(across, MAX_FIT);
  }

  fit(): void {
    this.#set(this.#fittingZoom());
    this.#toStart();
    this.#isFitted = true;
  }

  #fittingZoom(): number {
    const { clientWidth, clientHeight } = this.#port;
    const x = (clientWidth - MARGIN_PX) / this.#width;
    const y = (clientHeight - MARGIN_PX) / this.#height;
    return Math.min(x, y, MAX_FIT);
  }

  /** Scrolls to where the flow of data starts, with its first element in the middle. */
  #toStart(): void {
    const { clientWidth, clientHeight } = this.#port;
    const isToRight = this.#isToRight();
    const middle = this.#startAcross() ?? (isToRight ? this.#height : this.#width) / 2;
    this.#port.scrollTo({
      left: isToRight ? 0 : (middle - this.#left) * this.#zoom - clientWidth / 2,
      top: isToRight ? (middle - this.#top) * this.#zoom - clientHeight / 2 : 0,
    });
  }

  /** The middle, across the flow, of the element at which the flow starts; null when there is none. */
  #startAcross(): number | null {
    const isToRight = this.#isToRight();
    const boxes = all<SVGGElement>(".g-el", this.#port).map((element) => {
      const { e: x, f: y } = element.transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 };
      const { width, height } = element.getBBox();
      return isToRight ? { along: x, across: y + height / 2 } : { along: y, across: x + width / 2 };
    });
    if (boxes.length === 0) return null;
    return boxes.reduce((first, box) => (box.along < first.along ? box : first)).across;
  }

  #isToRight(): boolean {
    return this.#svg?.dataset.orientation === "right";
  }

  zoomBy(factor: number, clientX?: number, clientY?: number): void {
    const box = this.#port.getBoundingClientRect();
    const [x, y] = [(clientX ?? box.x + box.width / 2) - box.x, (clientY ?? box.y + box.height / 2) - box.y];
    const before = this.#zoom;
    this.#isFitted = false;
    const pointX = this.#left + (this.#port.scrollLeft + x) / before;
    const pointY = this.#top + (this.#port.scrollTop + y) / before;
    this.#set(before * factor);
    this.#port.scrollTo({
      left: (pointX - this.#left) * this.#zoom - x,
      top: (pointY - this.#top) * this.#zoom - y,
    });
  }

  /** Scrolls by the minimum that shows the element with some margin. */
  show(element: Element): void {
    const port = this.#port.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    const room = 48;
    const by = (low: number, high: number, from: number, to: number) =>
      low - room < from ? low - room - from : high + room > to ? high + room - to : 0;
    this.#port.scrollBy({
      left: by(box.left, box.right, port.left, port.right),
      top: by(box.top, box.bottom, port.top, port.bottom),
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth",
    });
  }

  #size(): string {
    return `${this.#width}x${this.#height}`;
  }

  #restore(look: Look): void {
    if (look.isFitted) {
      this.fit();
      return;
    }
    this.#set(look.zoom);
    this.#port.scrollTo({ left: look.left, top: look.top });
  }

  #set(zoom: number): void {
    this.#zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));
    // Never smaller than the viewport, so that bands extend to its edges; the picture is then centred.
    const width = Math.max(this.#width, this.#port.clientWidth / this.#zoom);
    const height = Math.max(this.#height, this.#port.clientHeight / this.#zoom);
    this.#left = (this.#width - width) / 2;
    this.#top = (this.#height - height) / 2;
    this.#svg?.setAttribute("viewBox", `${this.#left} ${this.#top} ${width} ${height}`);
    this.#svg?.setAttribute("width", String(Math.floor(width * this.#zoom)));
    this.#svg?.setAttribute("height", String(Math.floor(height * this.#zoom)));
    this.#follow();
  }

  /** Keeps the names of layers at the left edge, and shows the visible part on the map. */
  #follow(): void {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.#port;
    const zoom = this.#zoom;
    const [axis, edge] = this.#isToRight()
      ? (["y", this.#top + scrollTop / zoom] as const)
      : (["x", this.#left + scrollLeft / zoom] as const);
    for (const name of all<SVGTextElement>(".g-layer", this.#port)) {
      name.setAttribute(axis, String(edge + LAYER_INSET_PX[axis]));
    }
    const map = one<SVGSVGElement>("#graph-map", graphView());
    const isLarger = this.#width * zoom > clientWidth * 1.4 || this.#height * zoom > clientHeight * 1.4;
    const button = one<HTMLButtonElement>("[data-map]", graphView());
    button.disabled = !isLarger;
    const isShown = isLarger && button.getAttribute("aria-pressed") === "true";
    map.toggleAttribute("hidden", !isShown);
    if (!isShown) return;
    if (map.childElementCount === 0) this.#drawMap(map);
    const box = {
      x: this.#left + scrollLeft / zoom,
      y: this.#top + scrollTop / zoom,
      width: clientWidth / zoom,
      height: clientHeight / zoom,
    };
    const window = one<SVGRectElement>("rect", map);
    for (const [name, value] of Object.entries(box)) window.setAttribute(name, String(value));
  }

  #drawMap(map: SVGSVGElement): void {
    const create = (name: string) => document.createElementNS("http://www.w3.org/2000/svg", name);
    map.setAttribute("viewBox", `0 0 ${this.#width} ${this.#height}`);
    const isLong = Math.max(this.#width / this.#height, this.#height / this.#width) > LONG;
    if (isLong) map.setAttribute("preserveAspectRatio", "none");
    const scene = create("use");
    scene.setAttribute("href", "#graph-scene");
    const window = create("rect");
    window.setAttribute("class", "g-window");
    map.append(scene, window);
  }

  #listen(signal: AbortSignal): void {
    const port = this.#port;
    port.addEventListener("scroll", () => this.#follow(), { signal, passive: true });
    const observer = new ResizeObserver(() => (this.#isFitted ? this.fit() : this.#follow()));
    observer.observe(port);
    signal.addEventListener("abort", () => observer.disconnect());
    one(".g-zoom", graphView()).addEventListener("click", (event) => this.#press(event), { signal });
    port.addEventListener("keydown", (event) => this.#key(event), { signal });
    // A trackpad's pinch is reported as a wheel event with Ctrl; any other wheel event scrolls.
    port.addEventListener("wheel", (event) => this.#wheel(event), { signal, passive: false });
    port.addEventListener("pointerdown", (event) => this.#drag(event), { signal });
    port.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
    port.addEventListener("touchmove", (event) => this.#pinch(event), { signal, passive: false });
    for (const type of ["touchstart", "touchend", "touchcancel"] as const) {
      port.addEventListener(type, (event) => (this.#fingers = fingersOf(event)), { signal, passive: true });
    }
    const map = one<SVGSVGElement>("#graph-map", graphView());
    map.addEventListener(
      "pointerdown",
      (event) => {
        map.setPointerCapture(event.pointerId);
        this.#jump(event);
      },
      { signal },
    );
    map.addEventListener("pointermove", (event) => event.buttons !== 0 && this.#jump(event), { signal });
    port.classList.add("can-drag");
  }

  #press(event: Event): void {
    const target = event.target as Element;
    const map = target.closest<HTMLElement>("[data-map]");
    if (map !== null) {
      map.setAttribute("aria-pressed", String(map.getAttribute("aria-pressed") !== "true"));
      this.#follow();
    }
    const how = target.closest<HTMLElement>("[data-zoom]")?.dataset.zoom;
    if (how === "fit") this.fit();
    else if (how !== undefined) this.zoomBy(how === "in" ? STEP : 1 / STEP);
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") this.zoomBy(STEP);
    else if (event.key === "-") this.zoomBy(1 / STEP);
    else if (event.key === "0") this.fit();
    else return;
    event.preventDefault();
  }

  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoomBy(Math.exp(-event.deltaY / 200), event.clientX, event.clientY);
  }

  #drag(start: PointerEvent): void {
    if (start.button !== 0 || start.pointerType === "touch") return;
    const port = this.#port;
    const { scrollLeft, scrollTop } = port;
    const end = new AbortController();
    let isDragging = false;
    const move = ({ clientX, clientY, buttons }: PointerEvent) => {
      if (buttons === 0) return stop();
      const [x, y] = [clientX - start.clientX, clientY - start.clientY];
      isDragging ||= Math.hypot(x, y) > DRAG_PX;
      if (!isDragging) return;
      port.classList.add("is-dragging");
      port.scrollTo({ left: scrollLeft - x, top: scrollTop - y });
    };
    const stop = () => {
      end.abort();
      port.classList.remove("is-dragging");
      // A drag is not a click.
      if (isDragging) port.addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => port.removeEventListener("click", swallow, { capture: true }));
    };
    addEventListener("pointermove", move, { signal: end.signal });
    addEventListener("pointerup", stop, { signal: end.signal });
    addEventListener("pointercancel", stop, { signal: end.signal });
  }

  #fingers: Fingers | null = null;

  /** Zooms around the point between two fingers, and pans with it. */
  #pinch(event: TouchEvent): void {
    const before = this.#fingers;
    const now = fingersOf(event);
    this.#fingers = now;
    if (now === null || before === null) return;
    event.preventDefault();
    this.#port.scrollBy({ left: before.x - now.x, top: before.y - now.y, behavior: "instant" });
    this.zoomBy(now.apartPx / before.apartPx, now.x, now.y);
  }

  #jump(event: PointerEvent): void {
    const map = event.currentTarget as SVGSVGElement;
    const matrix = map.getScreenCTM();
    if (matrix === null) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    const { clientWidth, clientHeight } = this.#port;
    this.#port.scrollTo({
      left: (x - this.#left) * this.#zoom - clientWidth / 2,
      top: (y - this.#top) * this.#zoom - clientHeight / 2,
    });
  }
}

/** Two fingers on the picture: their distance, and the point between them. */
interface Fingers {
  apartPx: number;
  x: number;
  y: number;
}

function fingersOf({ touches: [a, b] }: TouchEvent): Fingers | null {
  if (a === undefined || b === undefined) return null;
  return {
    apartPx: Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)),
    x: (a.clientX + b.clientX) / 2,
    y: (a.clientY + b.clientY) / 2,
  };
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
