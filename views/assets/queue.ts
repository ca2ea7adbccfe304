import { QueuePage } from "./queue/queue-page.ts";

const root = document.querySelector<HTMLElement>("[data-page='queue']");
if (root !== null) {
  new QueuePage(root);
  root.dataset.ready = "true";
}
