import { startImports } from "./samples/imports.ts";
import { SheetView } from "./samples/sheet-view.ts";

new SheetView();
startImports();
document.documentElement.dataset.ready = "true";
