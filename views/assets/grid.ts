import { GridPage } from "./grid/grid-page.ts";

new GridPage();
