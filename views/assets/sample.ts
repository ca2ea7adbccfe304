import { StrokeReplay } from "./samples/stroke-replay.ts";

const picture = document.querySelector<SVGSVGElement>(".sample-ink svg");
const button = document.querySelector<HTMLElement>("[data-do='replay']");
// Who wants no motion has the still picture.
const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
if (picture !== null && button !== null && !isStill) {
  const replay = new StrokeReplay([...picture.querySelectorAll("path")]);
  button.hidden = false;
  button.addEventListener("click", () => replay.start());
}
document.documentElement.dataset.ready = "true";
