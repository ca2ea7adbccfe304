import type { HeardFrame, RunFrame } from "../../../src/graph/run-frame.ts";
import type { GraphPart } from "../../graph/drawing.tsx";
import { announce, type ElementLink, graphView, one } from "./dom.ts";
import { emphasise } from "./emphasis.ts";
import { find, firstFound } from "./find.ts";
import { ShownRun } from "./run.ts";
import { pngOf, saveFile } from "./save.ts";
import { Viewport } from "./viewport.ts";
import { moveTo, startWalk, walk } from "./walk.ts";

const MAX_HEARD = 200;
/** Events after which the node's panel is outdated. */
const NODE_ENDS: ReadonlySet<RunFrame["type"]> = new Set(["done", "skipped", "failed", "cancelled"]);

/** Source and addresses of pictures: a server, or the page itself in a static site. */
export interface GraphSite {
  /** The query of an address; null when it leads elsewhere. */
  read(href: string): URLSearchParams | null;
  /** Shows a query in the address bar, as a new entry of the history. */
  show(params: URLSearchParams): void;
  /** Renders a part of the page. @throws when that is impossible at the moment. */
  draw(part: GraphPart, params: URLSearchParams): Promise<string>;
}

/** The script of the Pipelines page. Without it, links and forms do the same with page loads. */
export class GraphPage {
  readonly #site: GraphSite;
  #drawn = new AbortController();
  #viewport!: Viewport;
  #run!: ShownRun;
  /** Numbers of the newest request, and of the newest for each part: responses to older ones are dropped. */
  #ticket = 0;
  readonly #newest = new Map<GraphPart, number>();
  /** Recent frames: those that arrive while a run is being rendered are not in it yet. */
  #heard: { seq: number; heard: HeardFrame }[] = [];

  constructor(site: GraphSite) {
    this.#site = site;
    document.documentElement.classList.add("has-script");
    document.addEventListener("click", (event) => this.#click(event));
    document.addEventListener("submit", (event) => this.#submit(event));
    document.addEventListener("change", (event) => this.#change(event));
    document.addEventListener("input", (event) => this.#input(event));
    document.addEventListener("keydown", (event) => this.#key(event));
    this.#begin(null);
  }

  /** Handles an event of a run. When a run starts or ends, everything is rendered again. */
  hear(seq: number, heard: HeardFrame): void {
    this.#heard = [...this.#heard.slice(-MAX_HEARD), { seq, heard }];
    const { type, node } = heard.frame;
    const isOurs = heard.runId === this.#run.id;
    if (isOurs && seq > this.#run.seq) this.#run.add(heard);
    if ((type === "run" || type === "over") && (isOurs || this.#run.choice === ""))
      void this.#refreshRun(isOurs);
    else if (isOurs && NODE_ENDS.has(type) && this.#selected() === `node:${node}`)
      void this.#drawPanel(this.#params());
  }

  /** Shows that the page may be outdated until the server responds again. */
  setOnline(isOnline: boolean): void {
    const notice = one<HTMLElement>("#graph-stale");
    if (notice.hidden === isOnline) return;
    notice.hidden = isOnline;
    announce(isOnline ? "" : (graphView().dataset.offline ?? ""));
  }

  /** Renders the picture of the address bar, as after navigating back. */
  async open(): Promise<void> {
    await this.#go(this.#params(), false);
  }

  /**
   * Renders the run's bar and the state of its nodes again, because a run has started or ended.
   * @param isSame it is the run that is shown: a reader who views an earlier moment of it stays there.
   */
  async #refreshRun(isSame: boolean): Promise<void> {
    const params = this.#params();
    const moment = isSame ? this.#run.earlierMoment() : null;
    if (moment !== null) params.set("at", String(moment));
    const html = await this.#draw("run", params);
    if (html === null) return;
    const bar = document.querySelector("#graph-run");
    if (bar === null) return;
    bar.outerHTML = html;
    this.#beginRun();
    if (this.#selected() !== null) await this.#drawPanel(this.#params());
  }

  #begin(look: ReturnType<Viewport["look"]> | null): void {
    this.#drawn.abort();
    this.#drawn = new AbortController();
    this.#viewport = new Viewport(look, this.#drawn.signal);
    this.#beginRun();
    startWalk(this.#selected());
    find(this.#search().value);
    this.#showCopyButtons();
    graphView().dataset.ready = "true";
  }

  #beginRun(): void {
    this.#run?.stop();
    this.#run = new ShownRun(this.#drawn.signal);
    for (const { seq, heard } of this.#heard) {
      if (heard.runId === this.#run.id && seq > this.#run.seq) this.#run.add(heard);
    }
  }

  #click(event: MouseEvent): void {
    const target = event.target as Element;
    const copy = target.closest<HTMLElement>("[data-copy]");
    if (copy !== null) return void this.#copy(copy);
    const save = target.closest<HTMLElement>("[data-save]");
    if (save !== null) return void this.#save(save.dataset.save ?? "");
    const start = target.closest<HTMLElement>('[popovertarget="graph-start"]:not([popovertargetaction])');
    if (start !== null) return void this.#offerSlices(start.dataset.slice);
    const link = target.closest<SVGAElement | HTMLAnchorElement>("#graph-view a");
    if (
      link === null ||
      event.button !== 0 ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const params = this.#site.read(link.getAttribute("href") ?? "");
    if (params === null) return;
    event.preventDefault();
    if (link.classList.contains("g-el")) void this.select((link as ElementLink).dataset.key ?? null);
    else if (link.dataset.select !== undefined) void this.select(link.dataset.select || null, true);
    else void this.#go(this.#withSelected(params), true);
  }

  /** Selects an element. @param isListed it was chosen next to the picture, which then scrolls to it. */
  async select(key: string | null, isListed = false): Promise<void> {
    const params = this.#params();
    if (key === null) params.delete("select");
    else params.set("select", key);
    this.#site.show(params);
    emphasise(key);
    startWalk(key);
    const link = graphView().querySelector<ElementLink>(".g-el.is-selected");
    await this.#drawPanel(params);
    if (link !== null && (isListed || !link.matches(":hover"))) this.#viewport.show(link);
    if (key === null) link?.focus();
  }

  async #drawPanel(params: URLSearchParams): Promise<void> {
    const html = params.has("select") ? await this.#draw("panel", params) : "";
    if (html === null) return;
    const panel = one("#graph-panel");
    const isSame = panel.querySelector<HTMLElement>(".g-panel")?.dataset.key === params.get("select");
    panel.innerHTML = html;
    if (!isSame) panel.scrollTop = 0;
    graphView().classList.toggle("has-panel", html !== "");
    this.#showCopyButtons();
  }

  async #go(params: URLSearchParams, isNew: boolean): Promise<void> {
    if (isNew) this.#site.show(params);
    const html = await this.#draw("view", params);
    if (html === null) return;
    // A selection or event arrived while it was rendered, so it is older than the page.
    if (this.#newest.get("view") !== this.#ticket) return this.#go(this.#params(), false);
    const look = this.#viewport.look();
    const { scrollTop } = one("#graph-list");
    const focused = describe(document.activeElement);
    graphView().outerHTML = html;
    (globalThis as { htmx?: { process(element: Element): void } }).htmx?.process(graphView());
    this.#begin(look);
    one("#graph-list").scrollTop = scrollTop;
    refocus(focused);
  }

  async #draw(part: GraphPart, params: URLSearchParams): Promise<string | null> {
    this.#ticket += 1;
    const ticket = this.#ticket;
    this.#newest.set(part, ticket);
    try {
      const html = await this.#site.draw(part, params);
      this.setOnline(true);
      return ticket === this.#newest.get(part) ? html : null;
    } catch {
      this.setOnline(false);
      return null;
    }
  }

  #submit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if (form.closest("#graph-view") === null || form.method !== "get") return;
    event.preventDefault();
    const first = firstFound();
    if (!form.classList.contains("g-search")) return;
    if (first !== null) void this.#openFound(first as ElementLink);
    else if (this.#isPaged()) void this.#go(this.#searched(this.#search().value), true);
  }

  async #openFound(link: ElementLink): Promise<void> {
    moveTo(link);
    await this.select(link.dataset.key ?? null, true);
  }

  #change({ target }: Event): void {
    if (!(target instanceof HTMLSelectElement) || target.id !== "graph-run-choice") return;
    const params = this.#params();
    params.delete("at");
    if (target.value === "") params.delete("run");
    else params.set("run", target.value);
    this.#site.show(params);
    void this.#refreshRun(false);
  }

  #input({ target }: Event): void {
    if (!(target instanceof HTMLInputElement) || target.id !== "graph-search") return;
    find(target.value);
    if (this.#isPaged()) void this.#drawList();
  }

  /** Whether the list has pages: then the server searches it. */
  #isPaged(): boolean {
    return one<HTMLElement>("#graph-list").dataset.paged !== undefined;
  }

  async #drawList(): Promise<void> {
    const html = await this.#draw("list", this.#searched(this.#search().value));
    if (html === null) return;
    one("#graph-list").outerHTML = html;
    find(this.#search().value);
    this.#run.redraw();
  }

  /** The query of the address bar with another search, from its first page. */
  #searched(typed: string): URLSearchParams {
    const params = this.#params();
    params.delete("from");
    if (typed.trim() === "") params.delete("q");
    else params.set("q", typed.trim());
    return params;
  }

  #key(event: KeyboardEvent): void {
    const target = event.target as Element;
    const isTyping = target.matches("input, select, textarea");
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      this.#search().focus();
    } else if (event.key === "Escape") this.#escape(target);
    else if (target.matches(".g-el")) {
      const next = walk(target as ElementLink, event.key);
      if (next === null) return;
      event.preventDefault();
      moveTo(next);
      this.#viewport.show(next);
    }
  }

  #escape(target: Element): void {
    if (document.querySelector(":popover-open") !== null) return;
    if (target.id === "graph-search") {
      this.#search().value = "";
      find("");
      if (this.#isPaged()) void this.#drawList();
    } else if (this.#selected() !== null) void this.select(null);
  }

  /** Updates the parts that can be run, which depend on the selection. @param slice to choose; unchanged when omitted. */
  async #offerSlices(slice: string | undefined): Promise<void> {
    const params = this.#params();
    const chosen = document.querySelector<HTMLInputElement>('#graph-slices input[type="radio"]:checked');
    params.set("slice", slice ?? chosen?.value ?? "");
    const html = await this.#site.draw("slices", params).catch(() => null);
    const choice = document.querySelector("#graph-slices");
    if (html !== null && choice !== null) choice.outerHTML = html;
  }

  async #save(fileName: string): Promise<void> {
    const svg = this.#viewport.asFile();
    const isPng = fileName.endsWith(".png");
    saveFile(isPng ? await pngOf(svg) : new Blob([svg], { type: "image/svg+xml" }), fileName);
  }

  async #copy(button: HTMLElement): Promise<void> {
    await navigator.clipboard.writeText(button.dataset.copy ?? "");
    button.textContent = button.dataset.done ?? "";
    announce(button.dataset.done ?? "");
  }

  #showCopyButtons(): void {
    if (!("clipboard" in navigator)) return;
    for (const button of graphView().querySelectorAll<HTMLElement>("[data-copy]")) button.hidden = false;
  }

  #search(): HTMLInputElement {
    return one<HTMLInputElement>("#graph-search");
  }

  #params(): URLSearchParams {
    return this.#site.read(location.href) ?? new URLSearchParams();
  }

  #selected(): string | null {
    return this.#params().get("select");
  }

  /** Adds the current selection to a link's query, because links were rendered before it. */
  #withSelected(params: URLSearchParams): URLSearchParams {
    const selected = this.#selected();
    if (params.get("pipeline") !== (this.#params().get("pipeline") ?? params.get("pipeline"))) return params;
    if (selected === null) params.delete("select");
    else params.set("select", selected);
    return params;
  }
}

/** Identifies an element, in order to find it again in the next view. */
function describe(element: Element | null): { key: string | undefined; tag: string; text: string } | null {
  if (element === null || element.closest("#graph-view") === null) return null;
  return { key: (element as HTMLElement).dataset.key, tag: element.tagName, text: element.textContent };
}

function refocus(wanted: ReturnType<typeof describe>): void {
  if (wanted === null) return;
  const same = [...graphView().querySelectorAll<HTMLElement>("a, button, input, select, [tabindex]")].find(
    (element) =>
      wanted.key === undefined
        ? element.tagName === wanted.tag && element.textContent === wanted.text
        : element.dataset.key === wanted.key,
  );
  same?.focus({ preventScroll: true });
}
