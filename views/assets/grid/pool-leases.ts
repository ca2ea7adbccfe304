import { browserStorage } from "../draw/browser-storage.ts";
import { writerOf } from "../draw/person/writer.ts";
import { Labeller } from "../queue/labeller.ts";
import { send } from "../request.ts";

const API = "/api/v1/queue/grid";
const COOKIE = "tegaki-labeller";
const ANONYMOUS_KEY = "tegaki.labeller";
const RENEW_MS = 30_000;
const YEAR_S = 31_536_000;

/** The drawings without a label that the page shows belong to its labeller while it is open. */
export class PoolLeases {
  #labeller = "";
  #ids: readonly string[] = [];

  constructor() {
    setInterval(() => {
      if (document.visibilityState === "visible") void this.#renew();
    }, RENEW_MS);
    addEventListener("pagehide", () => this.#release(this.#ids));
    // A page from the browser's memory has released its drawings.
    addEventListener("pageshow", (event) => {
      if ((event as PageTransitionEvent).persisted && this.#ids.length > 0) location.reload();
    });
  }

  /** Takes the page as it is now; what it no longer shows is released. */
  adopt(grid: HTMLElement): void {
    const before = this.#ids;
    const shown = grid.querySelector<HTMLInputElement>('input[name="shown"]')?.value ?? "";
    const isPool = grid.dataset.source === "unlabelled";
    this.#ids = isPool ? shown.split(" ").filter((id) => id !== "") : [];
    const still = new Set(this.#ids);
    this.#release(before.filter((id) => !still.has(id)));
    this.#labeller = grid.dataset.labeller ?? "";
  }

  /**
   * Whether the page belongs to whoever labels in this browser. Otherwise its drawings are returned, and the page is
   * loaded again for that labeller.
   */
  isOurs(): boolean {
    if (this.#labeller === "") return true;
    const local = browserStorage("localStorage");
    adoptAnonymous(local, this.#labeller);
    const labeller = new Labeller({ storage: local, name: () => readName(local) }).current;
    if (labeller === this.#labeller || !keepCookie(labeller)) return true;
    this.#release(this.#ids);
    this.#ids = [];
    location.reload();
    return false;
  }

  async #renew(): Promise<void> {
    if (this.#ids.length > 0)
      await send("POST", `${API}/renew`, { labeller: this.#labeller, drawings: this.#ids });
  }

  #release(drawings: readonly string[]): void {
    if (drawings.length === 0) return;
    const body = JSON.stringify({ labeller: this.#labeller, drawings });
    navigator.sendBeacon(`${API}/release`, new Blob([body], { type: "application/json" }));
  }
}

/** A browser that has no random id yet takes that of the server, so that the queue and the grid know one labeller. */
function adoptAnonymous(storage: Storage | null, labeller: string): void {
  try {
    if (labeller.startsWith("anon-") && storage?.getItem(ANONYMOUS_KEY) === null)
      storage.setItem(ANONYMOUS_KEY, labeller);
  } catch {
    // The id lasts as long as the cookie.
  }
}

/** The name that is typed, or fixed, on the pages that ask for it. */
function readName(storage: Storage | null): string {
  const { reader = "", readerKind } = document.body.dataset;
  return writerOf(storage, reader, readerKind === "guest");
}

/** Tells the server who labels. @returns false where the browser keeps no cookies. */
function keepCookie(labeller: string): boolean {
  const value = `${COOKIE}=${encodeURIComponent(labeller)}`;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `${value}; path=/label/grid; max-age=${YEAR_S}; samesite=lax`;
  return document.cookie.split("; ").includes(value);
}
