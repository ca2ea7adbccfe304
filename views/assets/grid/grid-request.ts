import { requireTaken } from "../refused.ts";

/** A page of the grid as the server has rendered it. */
export interface ReceivedGrid {
  grid: HTMLElement;
  /** The number of labels in review, for the navigation. */
  navCount: Element | null;
}

/**
 * Sends a form of the grid, and returns the page that it leads to.
 * @throws RefusedByServer when the server says why it refuses it. TypeError when its response is not a grid otherwise.
 */
export async function requestGrid(path: string, body: URLSearchParams): Promise<ReceivedGrid> {
  const response = await fetch(path, { method: "POST", body });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const grid = page.querySelector<HTMLElement>("#grid");
  if (grid === null) requireTaken(response, page);
  if (!response.ok || grid === null) throw new TypeError("The response is not a page of the grid");
  return { grid, navCount: page.querySelector("#nav-review") };
}

/** Loads an image, so that it is shown at once. @returns whether it has arrived. */
export async function loadImage(url: string): Promise<boolean> {
  const image = new Image();
  image.src = url;
  return image.decode().then(
    () => true,
    () => false,
  );
}
