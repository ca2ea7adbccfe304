import { fill } from "../../i18n/fill.ts";
import { focusNoPressed } from "../press-focus.ts";
import { RefusedByServer } from "../refused.ts";
import { Ask } from "./ask.ts";
import { GridCells, type GridTexts } from "./grid-cells.ts";
import { type GridAction, gridActionOf } from "./grid-keys.ts";
import { loadImage, requestGrid } from "./grid-request.ts";
import { Marks } from "./marks.ts";
import { PoolLeases } from "./pool-leases.ts";

/** Grid review: marks by keyboard, mouse and touch, and the forms of the page sent without leaving it. */
export class GridPage {
  readonly #help = document.querySelector<HTMLDialogElement>("#help");
  readonly #marks = new Marks();
  readonly #leases = new PoolLeases();
  /** The stored pages of this visit, which its key undoes, the newest last. */
  readonly #stored: number[] = [];
  readonly #classes: readonly string[];
  #texts: GridTexts = {};
  #cells: GridCells;
  #ask: Ask | null = null;
  /** Whether all drawings are on the screen: nothing that nobody has seen is confirmed. */
  #isShown = false;
  #isBusy = false;
  #isShift = false;

  constructor() {
    this.#classes = JSON.parse(this.#grid().dataset.classes ?? "[]") as string[];
    this.#cells = this.#adopt();
    if (!this.#leases.isOurs()) return;
    document.addEventListener("keydown", (event) => this.#key(event));
    // Before the focus moves: a range starts where it was.
    document.addEventListener("pointerdown", ({ shiftKey }) => {
      this.#isShift = shiftKey;
    });
    focusNoPressed(document, "#grid button:not(#grid-ask button)", () => this.#cells.currentCell);
    document.addEventListener("click", (event) => this.#click(event));
    document.addEventListener("change", (event) => this.#changed(event));
    document.addEventListener("focusin", ({ target }) => this.#arrived(target));
    document.addEventListener("submit", (event) => this.#submit(event));
    void this.#wait().finally(() => {
      document.documentElement.dataset.ready = "true";
    });
  }

  #grid(): HTMLElement {
    return document.querySelector<HTMLElement>("#grid")!;
  }

  #form(): HTMLFormElement | null {
    return document.querySelector<HTMLFormElement>("#grid-form");
  }

  /** Takes the page as it is now: no marks, and the focus on its first drawing. */
  #adopt(): GridCells {
    const grid = this.#grid();
    this.#marks.clear();
    this.#leases.adopt(grid);
    // Some name the class.
    this.#texts = JSON.parse(grid.dataset.texts ?? "{}") as GridTexts;
    this.#cells = new GridCells(grid, this.#texts);
    const dialog = grid.querySelector<HTMLDialogElement>("#grid-ask");
    const label = grid.dataset.label ?? "";
    this.#ask = dialog === null ? null : new Ask(dialog, this.#texts, this.#classes, label);
    const stored = Number(grid.querySelector<HTMLElement>(".grid-said")?.dataset.did ?? 0);
    if (stored > 0 && !this.#stored.includes(stored)) this.#stored.push(stored);
    if (document.activeElement === null || document.activeElement === document.body)
      this.#cells.focus(0, false);
    return this.#cells;
  }

  async #wait(): Promise<void> {
    const sprite = this.#form()?.dataset.sprite;
    this.#isShown = sprite === undefined || (await loadImage(sprite));
    if (!this.#isShown) this.#say("noPictures");
  }

  #key(event: KeyboardEvent): void {
    if (this.#ask?.isOpen === true) {
      this.#ask.key(event);
      return;
    }
    const { key, code, ctrlKey, metaKey, altKey, shiftKey, repeat } = event;
    const isHelpOpen = this.#help?.open === true;
    const focus = isHelpOpen ? "dialog" : (document.activeElement?.tagName.toLowerCase() ?? "");
    const isInGrid = this.#cells.placeOf(document.activeElement) !== null;
    const press = { key, code, ctrlKey, metaKey, altKey, shiftKey, focus };
    const action = gridActionOf(press, this.#classes, isInGrid);
    if (isHelpOpen && (action?.kind !== "help" || repeat)) return;
    if (action === null || (action.kind === "clear" && this.#marks.size === 0)) return;
    event.preventDefault();
    if (action.kind === "move") this.#move(action.by + action.rows * this.#cells.columns(), action.isRange);
    else if (!repeat) this.#do(action);
  }

  #do(action: Exclude<GridAction, { kind: "move" }>): void {
    if (this.#isBusy) return;
    if (action.kind === "help") this.#toggleHelp();
    else if (action.kind === "clear") this.#clear();
    else if (action.kind === "undo") this.#undoLast();
    else if (action.kind === "store") this.#store();
    else {
      const place = this.#cells.placeOf(document.activeElement);
      if (place === null) return;
      this.#marks.decide(place, action.kind === "label" ? `label:${action.label}` : action.kind);
      this.#show([place]);
    }
  }

  #move(by: number, isRange: boolean): void {
    const from = this.#cells.current;
    const to = from + by;
    if (to < 0 || to >= this.#cells.size) return;
    if (isRange) this.#mark(from, to);
    this.#cells.focus(to);
  }

  #mark(from: number, to: number): void {
    this.#marks.markRange(from, to);
    this.#show(Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => Math.min(from, to) + i));
  }

  #arrived(target: EventTarget | null): void {
    const place = this.#cells.placeOf(target);
    // A click with Shift ends the range that starts at the drawing before.
    if (place !== null && !this.#isShift) this.#cells.arrive(place);
  }

  #click(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const command = target?.closest<HTMLElement>("button[data-do]")?.dataset.do;
    if (command === "help") this.#help?.showModal();
    if (command === "clear") this.#clear();
  }

  #changed({ target }: Event): void {
    const place = this.#cells.placeOf(target);
    if (place === null) return;
    if (this.#isShift) this.#mark(this.#cells.current, place);
    else {
      this.#marks.set(place, (target as HTMLInputElement).checked);
      this.#show([place]);
    }
    this.#isShift = false;
    this.#cells.arrive(place);
  }

  #clear(): void {
    this.#marks.clear();
    this.#show(Array.from({ length: this.#cells.size }, (_, place) => place));
  }

  #show(places: readonly number[]): void {
    for (const place of places) this.#cells.show(place, this.#marks);
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const marked = document.querySelector("#grid-marked");
    const n = number.format(this.#marks.size);
    if (marked !== null) marked.textContent = fill(this.#texts.marked ?? "", { n });
    const words = document.querySelector("#grid-store > span");
    const odd = this.#marks.undecided().length;
    const rest = number.format(this.#cells.size - this.#marks.size);
    if (words !== null) {
      const text = odd === 0 ? this.#texts.confirm : this.#texts.confirmAnd;
      words.textContent = fill(text ?? "", { n: rest, odd: number.format(odd) });
    }
  }

  #submit(event: SubmitEvent): void {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    if (form === this.#form()) {
      event.preventDefault();
      this.#store();
    } else if (form.hasAttribute("data-grid-undo")) {
      event.preventDefault();
      void this.#undo(Number(new FormData(form).get("action")));
    }
  }

  /** Stores the page; first asks about the odd drawings that have no decision. */
  #store(): void {
    const form = this.#form();
    if (form === null || this.#isBusy) return;
    if (!this.#isShown) {
      this.#say("noPictures");
      return;
    }
    const undecided = this.#marks.undecided();
    if (undecided.length > 0) {
      const decide = (place: number, decision: Parameters<Marks["decide"]>[1]) => {
        this.#marks.decide(place, decision);
        this.#show([place]);
      };
      this.#ask?.open(undecided, decide, () => this.#store());
      return;
    }
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.set(name, value);
    for (let place = 0; place < this.#cells.size; place++) {
      const decision = this.#marks.decisionOf(place);
      if (decision !== null) body.set(`to.${this.#cells.idOf(place)}`, decision);
    }
    void this.#send("/label/grid", body);
  }

  #undoLast(): void {
    const newest = this.#stored.at(-1);
    if (newest === undefined) this.#say("nothingToUndo");
    else void this.#undo(newest);
  }

  async #undo(action: number): Promise<void> {
    const { label = "", source = "" } = this.#grid().dataset;
    const isDone = await this.#send(
      "/label/grid/undo",
      new URLSearchParams({ action: String(action), label, source }),
    );
    const at = this.#stored.indexOf(action);
    if (isDone && at >= 0) this.#stored.splice(at, 1);
  }

  /** Sends a form, and shows the page that it leads to once its drawings have arrived. @returns whether it was done. */
  async #send(path: string, body: URLSearchParams): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    this.#say("busy");
    this.#grid().setAttribute("aria-busy", "true");
    try {
      const page = await requestGrid(path, body);
      const sprite = page.grid.querySelector<HTMLElement>("#grid-form")?.dataset.sprite;
      this.#isShown = sprite === undefined || (await loadImage(sprite));
      if (sprite !== undefined) page.grid.style.setProperty("--sprite", `url("${sprite}")`);
      this.#grid().replaceWith(page.grid);
      if (page.navCount !== null) document.querySelector("#nav-review")?.replaceWith(page.navCount);
      this.#adopt();
      const result = this.#grid().querySelector(".grid-said");
      if (result !== null && result.getBoundingClientRect().top < 0) result.scrollIntoView();
      history.replaceState(null, "", this.#address());
      if (!this.#isShown) this.#say("noPictures");
      return true;
    } catch (error) {
      if (error instanceof RefusedByServer) this.#tell(error.message);
      else this.#say("failed");
      return false;
    } finally {
      this.#isBusy = false;
      this.#grid().removeAttribute("aria-busy");
    }
  }

  /** The address of what the page shows, without the result that it reports. */
  #address(): string {
    const { label = "", source = "labels" } = this.#grid().dataset;
    return `/label/grid?${new URLSearchParams(source === "labels" ? { label } : { source, label })}`;
  }

  #toggleHelp(): void {
    if (this.#help?.open === true) this.#help.close();
    else this.#help?.showModal();
  }

  #say(name: string): void {
    this.#tell(this.#texts[name] ?? "");
  }

  #tell(text: string): void {
    document.querySelector("#grid-said")?.replaceChildren(text);
  }
}
