import { access } from "./rows/access.ts";
import { api } from "./rows/api.ts";
import { badModels } from "./rows/bad-models.ts";
import { badStart } from "./rows/bad-start.ts";
import { bodyLimits } from "./rows/body-limits.ts";
import { crossSite } from "./rows/cross-site.ts";
import { diskFull } from "./rows/disk-full.ts";
import { drawing } from "./rows/drawing.ts";
import { fsync } from "./rows/fsync.ts";
import { hotSwap } from "./rows/hot-swap.ts";
import { kill } from "./rows/kill.ts";
import { limits } from "./rows/limits.ts";
import { memory } from "./rows/memory.ts";
import { overload } from "./rows/overload.ts";
import { readiness } from "./rows/readiness.ts";
import { slowClients } from "./rows/slow-clients.ts";
import { soak } from "./rows/soak.ts";
import { stop } from "./rows/stop.ts";
import { streams } from "./rows/streams.ts";
import { twoProcesses } from "./rows/two-processes.ts";
import type { Row } from "./support/row.ts";

/** The rows of docs/reliability.md that have a long form, in their order. */
export const ROWS: readonly Row[] = [
  ...[kill, fsync, twoProcesses, diskFull, badStart, badModels, hotSwap, stop],
  ...[overload, drawing, readiness, slowClients, bodyLimits, api, crossSite, access, limits],
  ...[streams, memory, soak],
];
