import type { HeardFrame, RunFrame } from "../../../src/graph/run-frame.ts";
import { type RunStanding, standingAfter } from "../../../src/graph/standing.ts";
import { clockText, STATE_WORDS } from "../../graph/words.ts";
import { all, announce, elementLinks, graphView, one, viewText } from "./dom.ts";
import { showStanding } from "./show-standing.ts";

/** Approximate duration of a replay; the limits of a single step follow. */
const REPLAY_MS = 12_000;
const MIN_STEP_MS = 60;
const MAX_STEP_MS = 900;

/** The run that the graph shows: its frames, and the displayed one. */
export class ShownRun {
  readonly id: string | null;
  /** The chosen run; "" follows the newest one. */
  readonly choice: string;
  /** `seq` of the newest event in the frames. */
  readonly seq: number;
  readonly #bar: HTMLFormElement;
  readonly #frames: RunFrame[];
  readonly #startMs: number | null;
  #at: number;
  /** Whether the browser's next frame shows `#at`. */
  #isDue = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(signal: AbortSignal) {
    const bar = one<HTMLFormElement>("#graph-run", graphView());
    const { run, choice = "", seq, start, frames = "[]" } = bar.dataset;
    this.#bar = bar;
    this.id = run ?? null;
    this.choice = choice;
    this.seq = Number(seq ?? 0);
    this.#startMs = start === undefined ? null : Number(start);
    this.#frames = JSON.parse(frames) as RunFrame[];
    const slider = this.#slider();
    this.#at = slider === null ? 0 : Number(slider.value);
    signal.addEventListener("abort", () => this.stop());
    const play = this.#play();
    if (slider === null || play === null) return;
    play.hidden = false;
    play.addEventListener("click", () => (this.#timer === null ? this.#start() : this.stop()), { signal });
    slider.addEventListener(
      "input",
      () => {
        this.stop();
        this.#show(Number(slider.value));
      },
      { signal },
    );
    this.#show(this.#at);
  }

  /** Adds an event after `seq`. A reader who views an earlier moment, or a replay, stays there. */
  add({ at, frame: heard }: HeardFrame): void {
    const heardMs = Date.parse(at);
    const frame = { ...heard, atMs: Math.max(0, heardMs - (this.#startMs ?? heardMs)) };
    const isAtEnd = this.#at === this.#frames.length;
    this.#frames.push(frame);
    const slider = this.#slider();
    if (slider !== null) slider.max = String(this.#frames.length);
    const play = this.#play();
    if (play !== null) play.disabled = this.#frames.length < 2;
    if (isAtEnd && this.#timer === null) this.#showSoon();
  }

  /** Shows the same moment again, on elements that have been replaced. */
  redraw(): void {
    this.#show(this.#at);
  }

  /** Shows all frames with the browser's next one: a run of trivial nodes has thousands of events a second. */
  #showSoon(): void {
    this.#at = this.#frames.length;
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#show(this.#at);
    });
  }

  /** Number of displayed frames; null for all. */
  earlierMoment(): number | null {
    return this.#at < this.#frames.length ? this.#at : null;
  }

  #show(at: number): void {
    this.#at = at;
    const text = viewText();
    const standing = this.#standing();
    showStanding(this.id === null ? null : standing, text);
    const slider = this.#slider();
    const n = this.#frames.length;
    if (slider !== null) {
      slider.value = String(at);
      slider.setAttribute("aria-valuetext", text.t("graph.client.moment", { at, n }));
    }
    const clock = this.#bar.querySelector(".g-clock");
    if (clock !== null) clock.textContent = clockText(at === 0 ? 0 : (this.#frames[at - 1]?.atMs ?? 0));
    this.#tell(standing);
  }

  #standing(): RunStanding {
    const listed = all<HTMLElement>("[data-state-of]", graphView()).map(
      ({ dataset }) => dataset.stateOf ?? "",
    );
    // A page of a long list has only some of the nodes.
    const drawn = elementLinks().flatMap(({ dataset }) => dataset.nodes?.split(" ") ?? []);
    return standingAfter(this.#frames, [...listed, ...drawn], this.#at);
  }

  /** Announces only starts and ends; progress would never stop talking. */
  #tell({ latest, nodes }: RunStanding): void {
    const frame = this.#frames[this.#at - 1];
    const standing = latest === null ? undefined : nodes.get(latest);
    if (frame === undefined || frame.type === "progress" || latest === null || standing === undefined) return;
    const { t } = viewText();
    announce(t("graph.client.announce", { name: latest, state: t(STATE_WORDS[standing.state]) }));
  }

  #start(): void {
    if (this.#at >= this.#frames.length) this.#show(0);
    this.#play()?.setAttribute("aria-pressed", "true");
    this.#step();
  }

  #step(): void {
    const next = this.#frames[this.#at];
    if (next === undefined) {
      this.stop();
      return;
    }
    const wholeMs = Math.max(1, this.#frames.at(-1)!.atMs);
    const gapMs = next.atMs - (this.#frames[this.#at - 1]?.atMs ?? 0);
    const waitMs = Math.min(MAX_STEP_MS, Math.max(MIN_STEP_MS, (gapMs * REPLAY_MS) / wholeMs));
    this.#timer = setTimeout(() => {
      this.#show(this.#at + 1);
      this.#step();
    }, waitMs);
  }

  /** Ends a replay. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#play()?.setAttribute("aria-pressed", "false");
  }

  #slider(): HTMLInputElement | null {
    return this.#bar.querySelector<HTMLInputElement>('input[type="range"]');
  }

  #play(): HTMLButtonElement | null {
    return this.#bar.querySelector<HTMLButtonElement>("[data-play]");
  }
}
