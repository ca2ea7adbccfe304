import type { Migration } from "../migrate.ts";
import { initial } from "./0001-initial.ts";
import { runRecords } from "./0002-run-records.ts";
import { negatives } from "./0003-negatives.ts";
import { sampleIdentity } from "./0004-sample-identity.ts";
import { renderedSamples } from "./0005-rendered-samples.ts";
import { reviews } from "./0006-reviews.ts";

import { webhooks } from "./0007-webhooks.ts";
import { trials } from "./0008-trials.ts";
import { registry } from "./0009-registry.ts";
import { lineage } from "./0010-lineage.ts";
import { monitoring } from "./0011-monitoring.ts";
import { schedulerRequests } from "./0012-scheduler.ts";
import { personal } from "./0013-personal.ts";
import { runNotes } from "./0014-run-notes.ts";
import { sampleSheets } from "./0015-sample-sheets.ts";
import { imageIdentities } from "./0016-image-identity.ts";
import { labelQueue } from "./0017-label-queue.ts";
import { gridReview } from "./0018-grid-review.ts";
import { labelOpinions } from "./0019-label-opinions.ts";
import { queueGrid } from "./0020-queue-grid.ts";
import { access } from "./0021-access.ts";

/** All migrations, oldest first. Never change a released one: add a new one. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  runRecords,
  negatives,
  sampleIdentity,
  renderedSamples,
  reviews,
  webhooks,
  trials,
  registry,
  lineage,
  monitoring,
  schedulerRequests,
  personal,
  runNotes,
  sampleSheets,
  imageIdentities,
  labelQueue,
  gridReview,
  labelOpinions,
  queueGrid,
  access,
];
