import type { Migration } from "../migrate.ts";
import { initial } from "./0001-initial.ts";
import { runRecords } from "./0002-run-records.ts";
import { negatives } from "./0003-negatives.ts";

/** Every migration, oldest first. A released one is never changed: add the next. */
export const MIGRATIONS: readonly Migration[] = [initial, runRecords, negatives];
