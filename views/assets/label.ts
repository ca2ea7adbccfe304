import { LabelPage } from "./label/label-page.ts";

new LabelPage();
document.documentElement.dataset.ready = "true";
