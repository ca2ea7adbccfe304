import { fill } from "../../../i18n/fill.ts";
import type { MessageLine } from "../message-line.ts";
import { paintInk } from "../paint-ink.ts";
import type { ClientTexts } from "../texts.ts";
import type { PictureInk } from "./any-ink.ts";
import { readPicture } from "./read-picture.ts";

/** The character from a picture that was chosen, dropped or pasted: it is on the pad in place of a drawing. */
export class Picture {
  readonly #root: HTMLElement;
  readonly #message: MessageLine;
  readonly #texts: ClientTexts;
  readonly #changed: () => void;
  #ink: PictureInk | null = null;
  /** Number of the newest picture: an older one that is read later does not replace it. */
  #newest = 0;

  /** @param changed is called when there is another character, or none any more. */
  constructor(root: HTMLElement, message: MessageLine, texts: ClientTexts, changed: () => void) {
    this.#root = root;
    this.#message = message;
    this.#texts = texts;
    this.#changed = changed;
    const input = root.querySelector<HTMLInputElement>("#picture")!;
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      // The same file can be chosen again, and keys are for the page.
      input.value = "";
      input.blur();
      void this.#take(files);
    });
    document.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) void this.#take(files);
    });
    this.#listenToDrops();
  }

  /** Null while there is none. */
  get ink(): PictureInk | null {
    return this.#ink;
  }

  /** Puts a character on the pad, as after undoing its label; null removes it. */
  put(ink: PictureInk | null): void {
    if (ink === null && this.#ink === null) return;
    this.#ink = ink;
    this.repaint();
    this.#changed();
  }

  /** Paints it, for instance in the colours of the other scheme. */
  repaint(): void {
    const cover = this.#root.querySelector<HTMLElement>(".pad-picture")!;
    cover.hidden = this.#ink === null;
    paintInk(cover.querySelector("canvas")!, this.#ink?.pixels ?? null);
  }

  #listenToDrops(): void {
    const pad = this.#root.querySelector<HTMLElement>(".pad")!;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    document.addEventListener("dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      pad.dataset.drop = "true";
    });
    document.addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) pad.dataset.drop = "false";
    });
    document.addEventListener("drop", (event) => {
      if (!hasFiles(event)) return;
      // Otherwise the browser opens the picture in place of the page.
      event.preventDefault();
      pad.dataset.drop = "false";
      void this.#take([...(event.dataTransfer?.files ?? [])]);
    });
  }

  async #take(files: readonly File[]): Promise<void> {
    const [file] = files;
    if (file === undefined) return;
    if (files.length > 1) {
      this.#message.hint(fill(this.#texts["client.picture.many"], { n: files.length }), "failure");
      return;
    }
    this.#newest += 1;
    const turn = this.#newest;
    const result = await readPicture(file);
    if (turn !== this.#newest) return;
    if (result.kind === "ink") {
      this.put(result.ink);
      this.#message.note(this.#texts["client.picture.seen"]);
    } else
      this.#message.hint(fill(this.#texts[`client.picture.${result.kind}`], { name: file.name }), "failure");
  }
}
