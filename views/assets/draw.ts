import { DrawPage } from "./draw/draw-page.ts";

const root = document.querySelector<HTMLElement>("[data-page='draw']");
if (root !== null) {
  new DrawPage(root);
  root.dataset.ready = "true";
}
