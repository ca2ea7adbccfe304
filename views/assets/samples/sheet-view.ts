import { RefusedByServer, requireTaken } from "../refused.ts";
import { Cells } from "./cells.ts";
import { OwnActions } from "./own-actions.ts";
import { Selection } from "./selection.ts";
import { type SheetAction, sheetActionOf } from "./sheet-keys.ts";
import { refreshSheet } from "./sheet-refresh.ts";

/** As many drawings as one request names; `MAX_SELECTED` of the server. */
const MAX_NAMED = 5_000;

/** A page whose sheet shows a selection from elsewhere, and not what matches a filter. */
export interface SheetHost {
  /** Brings that page up to date after an undo. */
  refresh(): Promise<void>;
  /** The server has rendered a drawing again, which has changed: its `data-id`, `data-label` and `data-state`. */
  changed(drawing: Readonly<Record<string, string | undefined>>): void;
  /** The ids of what is selected now. */
  selected(ids: readonly string[]): void;
}

/** The contact sheet: selection by pointer and keyboard, and the actions on it. Everything that it does is a form. */
export class SheetView {
  readonly #sheet = document.querySelector<HTMLElement>("#sheet");
  readonly #bar = document.querySelector<HTMLFormElement>("#sheet-bar");
  readonly #help = document.querySelector<HTMLDialogElement>("#help");
  readonly #selection = new Selection();
  readonly #cells: Cells | null;
  readonly #classes: readonly string[];
  readonly #texts: Readonly<Record<string, string>>;
  /** Whether everything that matches the filter is selected, loaded or not. */
  #isAll = false;
  #focus = 0;
  #isBusy = false;
  readonly #own = new OwnActions();
  readonly #host: SheetHost | null;
  /** The result of the newest import. */
  #import: Element | null = null;
  /** Whether the drawings that arrive next are all selected. */
  #selectsNext = false;

  constructor(host: SheetHost | null = null) {
    this.#host = host;
    const sheet = this.#sheet;
    this.#classes = JSON.parse(sheet?.dataset.classes ?? "[]") as string[];
    this.#texts = JSON.parse(sheet?.dataset.texts ?? "{}") as Record<string, string>;
    this.#cells = sheet === null ? null : new Cells(sheet, () => this.#arrived());
    document.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("click", (event) => this.#click(event));
    document.addEventListener("submit", (event) => this.#submit(event));
    sheet?.addEventListener("dblclick", (event) => this.#open(this.#cells?.placeOf(event.target) ?? null));
    sheet?.addEventListener("focusin", (event) => this.#focused(this.#cells?.placeOf(event.target) ?? null));
    for (const button of document.querySelectorAll<HTMLElement>("[data-do='help']")) button.hidden = false;
    document.addEventListener("htmx:after:swap", () => void this.#imported());
  }

  /** Shows what an import has added, once it is done. */
  async #imported(): Promise<void> {
    const done = document.querySelector("#import-done");
    const isNew = done !== null && done !== this.#import;
    this.#import = done;
    // A page without drawings has no sheet; to load it again would take the result away.
    if (!isNew || this.#sheet === null) return;
    try {
      await this.#refresh();
    } catch {
      this.#say(this.#texts.failed ?? "");
    }
  }

  async #refresh(): Promise<void> {
    if (!(await refreshSheet(this.#sheet, this.#cells))) return;
    this.#focus = 0;
    this.#clear();
  }

  /** Shows other drawings instead, all of them selected. */
  showSelected(pages: readonly Element[]): void {
    this.#focus = 0;
    this.#clear();
    this.#selectsNext = pages.length > 0;
    this.#cells?.reset(pages);
  }

  #arrived(): void {
    if (this.#selectsNext) this.#selection.selectFirst(this.#cells?.size ?? 0);
    if (this.#selectsNext || this.#isAll) this.#show();
    this.#selectsNext = false;
  }

  #click(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const place = this.#cells?.placeOf(target) ?? null;
    // With another key or button, it is a link that opens in a new tab.
    if (place !== null && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.#choose(place, event.shiftKey);
      return;
    }
    const command = target?.closest<HTMLElement>("button[type='button'][data-do]")?.dataset.do;
    if (command === "help") this.#help?.showModal();
    if (command === "all") this.#selectAll();
    if (command === "clear") this.#clear();
    if (command === "open") this.#open(this.#selection.places()[0] ?? null);
  }

  #choose(place: number, isRange: boolean): void {
    if (this.#isAll) this.#selection.clear();
    this.#isAll = false;
    if (isRange) this.#selection.extendTo(place);
    else this.#selection.toggle(place);
    this.#focused(place);
    this.#show();
  }

  #key(event: KeyboardEvent): void {
    if (this.#cells === null) return;
    const isHelpOpen = this.#help?.open === true;
    const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
    const focus = isHelpOpen ? "dialog" : (document.activeElement?.tagName.toLowerCase() ?? "");
    const isInSheet = this.#cells.placeOf(document.activeElement) !== null;
    const press = { key, code, ctrlKey, metaKey, altKey, shiftKey, focus };
    const action = sheetActionOf(press, this.#classes, isInSheet);
    // The key that opens the help closes it, too; the others are for the dialog.
    if (isHelpOpen && (action?.kind !== "help" || event.repeat)) return;
    if (action === null || (action.kind === "clear" && this.#count() === 0)) return;
    event.preventDefault();
    this.#do(action, event.repeat);
  }

  #do(action: SheetAction, isRepeat: boolean): void {
    if (action.kind === "move") this.#move(action.by + action.rows * this.#columns(), action.isRange);
    else if (action.kind === "edge") this.#moveTo(action.isEnd ? this.#last() : 0, action.isRange);
    else if (isRepeat) return;
    else if (action.kind === "toggle") this.#choose(this.#focus, false);
    else if (action.kind === "open") this.#open(this.#focus);
    else if (action.kind === "all") this.#selectLoaded();
    else if (action.kind === "clear") this.#clear();
    else if (action.kind === "help") this.#toggleHelp();
    else if (action.kind === "undo") this.#undoLast();
    else if (action.kind === "label") void this.#change("relabel", action.label);
    else void this.#change(action.kind, "");
  }

  #toggleHelp(): void {
    if (this.#help?.open === true) this.#help.close();
    else this.#help?.showModal();
  }

  #columns(): number {
    return this.#cells?.columns() ?? 1;
  }

  #last(): number {
    return Math.max(0, (this.#cells?.size ?? 0) - 1);
  }

  #move(by: number, isRange: boolean): void {
    const to = this.#focus + by;
    if (to >= 0 && to <= this.#last()) this.#moveTo(to, isRange);
  }

  #moveTo(to: number, isRange: boolean): void {
    if (isRange) {
      if (this.#isAll) this.#clear();
      this.#selection.beginAt(this.#focus);
      this.#selection.extendTo(to);
      this.#show();
    }
    this.#cells?.at(to)?.focus();
  }

  /** Keeps one drawing of the sheet in the order of the Tab key. */
  #focused(place: number | null): void {
    if (place === null) return;
    this.#cells?.at(this.#focus)?.setAttribute("tabindex", "-1");
    this.#cells?.at(place)?.setAttribute("tabindex", "0");
    this.#focus = place;
  }

  #selectLoaded(): void {
    const { size } = this.#cells ?? { size: 0 };
    // Without a total, the sheet has no filter behind it, and what is loaded is all there is.
    const total = Number(this.#sheet?.dataset.total ?? Number.POSITIVE_INFINITY);
    if (size > MAX_NAMED && size < total) {
      this.#say(this.#texts.tooMany ?? "");
      return;
    }
    this.#isAll = size >= total;
    this.#selection.clear();
    if (!this.#isAll) this.#selection.selectFirst(size);
    this.#show();
  }

  #selectAll(): void {
    this.#selection.clear();
    this.#isAll = true;
    this.#show();
  }

  #clear(): void {
    this.#selection.clear();
    this.#isAll = false;
    this.#show();
  }

  #count(): number {
    return this.#isAll ? Number(this.#sheet?.dataset.total ?? 0) : this.#selection.size;
  }

  #show(): void {
    for (let at = 0; at <= this.#last(); at++) {
      const isSelected = String(this.#isAll || this.#selection.has(at));
      const cell = this.#cells?.at(at);
      if (cell?.ariaSelected !== isSelected) cell?.setAttribute("aria-selected", isSelected);
    }
    this.#host?.selected(this.#selection.places().flatMap((at) => this.#cells?.at(at)?.dataset.id ?? []));
    const bar = this.#bar;
    if (bar === null) return;
    bar.hidden = this.#count() === 0;
    const output = bar.querySelector<HTMLElement>("#sheet-selected");
    if (output !== null) {
      const n = new Intl.NumberFormat(document.documentElement.lang).format(this.#count());
      output.textContent = (this.#isAll ? output.dataset.all : output.dataset.text?.replace("{n}", n)) ?? "";
    }
    for (const [name, isHidden] of [
      ["all", this.#isAll],
      ["open", this.#isAll || this.#selection.size !== 1],
    ] as const) {
      const button = bar.querySelector<HTMLElement>(`[data-do='${name}']`);
      if (button !== null) button.hidden = isHidden;
    }
  }

  #open(place: number | null): void {
    const href = place === null ? null : this.#cells?.at(place)?.getAttribute("href");
    if (href) location.assign(href);
  }

  #submit(event: SubmitEvent): void {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    if (form === this.#bar) {
      const { value = "" } = (event.submitter ?? {}) as HTMLButtonElement;
      if (value === "export") {
        this.#fillIn(form);
        return;
      }
      event.preventDefault();
      const label = new FormData(form).get("label");
      void this.#change(value, typeof label === "string" ? label : "");
    } else if (form.hasAttribute("data-sheet-form")) {
      event.preventDefault();
      void this.#send(form.action, new URLSearchParams({ loaded: this.#loaded() }));
    }
  }

  #undoLast(): void {
    const path = this.#own.undoPath();
    if (path === null) this.#say(this.#texts.nothingToUndo ?? "");
    else void this.#send(path, new URLSearchParams({ loaded: this.#loaded() }));
  }

  /** Changes what is selected; without a selection, the drawing that has the focus. */
  async #change(kind: string, label: string): Promise<void> {
    if (this.#bar === null) return;
    const chosen = this.#selection.places();
    const isFocused = this.#cells?.placeOf(document.activeElement) !== null;
    if (!this.#isAll && chosen.length === 0 && !isFocused) return;
    if (chosen.length > MAX_NAMED) {
      this.#say(this.#texts.tooMany ?? "");
      return;
    }
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.#bar)) if (typeof value === "string") body.set(name, value);
    const lines = this.#cells?.linesOf(chosen.length === 0 ? [this.#focus] : chosen) ?? "";
    body.set("do", kind);
    body.set("label", label);
    body.set("all", this.#isAll ? "1" : "");
    body.set("samples", this.#isAll ? "" : lines);
    body.set("loaded", this.#isAll ? this.#loaded() : lines);
    if (await this.#send(this.#bar.action, body)) this.#clear();
  }

  /** Names the selected drawings in the form itself, which the browser then sends to download a file. */
  #fillIn(form: HTMLFormElement): void {
    const fields = { all: this.#isAll ? "1" : "", samples: this.#isAll ? "" : this.#lines() };
    for (const [name, value] of Object.entries(fields)) {
      const input = form.elements.namedItem(name);
      if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement) input.value = value;
    }
  }

  #lines(): string {
    return this.#cells?.linesOf(this.#selection.places()) ?? "";
  }

  #loaded(): string {
    const { size } = this.#cells ?? { size: 0 };
    const n = Math.min(size, MAX_NAMED);
    return this.#cells?.linesOf(Array.from({ length: n }, (_, i) => size - n + i)) ?? "";
  }

  /** Sends a form, and shows the result in place. @returns whether it was done. */
  async #send(action: string, body: URLSearchParams): Promise<boolean> {
    // A second action would be about labels that the first is changing.
    if (this.#isBusy) return false;
    this.#isBusy = true;
    this.#bar?.setAttribute("aria-busy", "true");
    this.#say(this.#texts.busy ?? "");
    try {
      const response = await fetch(action, { method: "POST", body, headers: { "x-sheet": "1" } });
      const answer = new DOMParser().parseFromString(await response.text(), "text/html");
      const said = answer.querySelector("#sheet-said");
      if (said === null) requireTaken(response, answer);
      if (said === null) throw new TypeError("The response is not of the sheet");
      for (const id of ["#sheet-said", "#sheet-actions"]) {
        const part = answer.querySelector(id);
        if (part !== null) document.querySelector(id)?.replaceWith(part);
      }
      for (const cell of answer.querySelectorAll<HTMLElement>("#sheet-changed > a")) {
        this.#cells?.update(cell);
        this.#host?.changed(cell.dataset);
      }
      const isUndone = this.#own.heard(said);
      if (isUndone && this.#host !== null) await this.#host.refresh();
      else if (isUndone) await this.#refresh();
      return response.ok;
    } catch (error) {
      this.#say(error instanceof RefusedByServer ? error.message : (this.#texts.failed ?? ""));
      return false;
    } finally {
      this.#isBusy = false;
      this.#bar?.removeAttribute("aria-busy");
    }
  }

  #say(text: string): void {
    document.querySelector("#sheet-said")?.replaceChildren(text);
  }
}
