import { SheetView } from "./samples/sheet-view.ts";

new SheetView();
document.documentElement.dataset.ready = "true";
