import type { Locator, Page } from "playwright-core";
import type { Drawing } from "../../src/domain/drawing.ts";
import { inkPath } from "../../views/fragments/review/ink-path.ts";
import { type RunningServer, until } from "./executable.ts";
import { handDrawing } from "./unseen-hands.ts";

/** Drawings without a label in the queue of a server; which of them is on a page is told by its ink. */
export class UnlabelledDrawings {
  readonly #server: RunningServer;
  readonly #drawings: Drawing[] = [];
  /** By path of the ink. */
  readonly #places = new Map<string, number>();
  readonly ids: string[] = [];

  // biome-ignore lint/style/useConsistentMemberAccessibility: a constructor cannot have #
  private constructor(server: RunningServer) {
    this.#server = server;
  }

  /** Sends `n` drawings through the API, and waits until the live model has scored them. */
  static async send(server: RunningServer, n: number, seed = 300_000): Promise<UnlabelledDrawings> {
    const sent = new UnlabelledDrawings(server);
    for (let i = 0; i < n; i++) await sent.#add(handDrawing(i % 10, seed + i));
    await until(
      async () => (await (await fetch(`${server.url}/api/v1/queue`)).json()) as { scored: number },
      ({ scored }) => scored >= n,
    );
    return sent;
  }

  async #add(drawing: Drawing): Promise<void> {
    const response = await fetch(`${this.#server.url}/api/v1/queue/drawings`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(drawing),
    });
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
    this.#places.set(inkPath(drawing).path, this.#drawings.length);
    this.#drawings.push(drawing);
    this.ids.push(((await response.json()) as { id: string }).id);
  }

  /** The drawing with this number. */
  drawing(n: number): Drawing {
    return this.#drawings[n]!;
  }

  /** The number of the drawing on the screen; -1 for none. */
  async shown(page: Page): Promise<number> {
    const ink = shownInk(page);
    if ((await ink.count()) === 0) return -1;
    return this.#places.get((await ink.getAttribute("d")) ?? "") ?? -1;
  }

  /** The numbers of all drawings that the page holds. */
  async held(page: Page): Promise<number[]> {
    const paths = await page
      .locator(".queue-drawing path")
      .evaluateAll((inks) => inks.map((ink) => ink.getAttribute("d") ?? ""));
    return paths.map((path) => this.#places.get(path) ?? -1);
  }

  /** What is stored, by the number of the drawing: a label, or "none". */
  async stored(): Promise<Record<number, string>> {
    const response = await fetch(`${this.#server.url}/api/v1/samples?limit=200`);
    const { samples } = (await response.json()) as {
      samples: { id: string; label: string | null; state: string }[];
    };
    return Object.fromEntries(
      samples.map(({ id, label, state }) => [this.ids.indexOf(id), state === "negative" ? "none" : label!]),
    );
  }

  /** The labels of all samples, sorted. */
  async labels(): Promise<string[]> {
    const response = await fetch(`${this.#server.url}/api/v1/samples?limit=200`);
    const { samples } = (await response.json()) as { samples: { label: string }[] };
    return samples.map(({ label }) => label).sort();
  }

  /** Number of drawings that have no label yet. */
  async left(): Promise<number> {
    const response = await fetch(`${this.#server.url}/api/v1/queue`);
    return ((await response.json()) as { unlabelled: number }).unlabelled;
  }
}

/** The ink on the screen of the queue's page. */
function shownInk(page: Page): Locator {
  return page.locator('.queue-page[data-state="asking"] .queue-drawing > svg:not([hidden]) path');
}
