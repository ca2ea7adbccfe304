import type { Migration } from "../migrate.ts";
import { initial } from "./0001-initial.ts";

/** Every migration, oldest first. A released one is never changed: add the next. */
export const MIGRATIONS: readonly Migration[] = [initial];
