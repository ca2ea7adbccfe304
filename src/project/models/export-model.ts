import { packArchive } from "../../datasets/models/model-archive.ts";
import { MODEL_FILE } from "../../datasets/models/model-files.ts";
import { modelJsonOf, WEIGHTS_FILE } from "../../datasets/models/model-json.ts";
import { METRICS_FILE } from "../../datasets/models/read-model-source.ts";
import type { NamedModel } from "../../domain/model.ts";
import { DatasetError } from "../../engine/errors.ts";
import { ConflictError, messageOf } from "../../lib/errors.ts";
import { saying } from "../../lib/saying.ts";
import type { ExportedModel } from "../../model-registry/model-files.ts";
import type { ReadModel } from "../model-sources.ts";
import { modelCard, modelRecord } from "./model-card.ts";

/** The card of an exported model. */
const CARD_FILE = "README.md";

/**
 * Packs a version into a zip archive: a tfjs LayersModel with its card and metrics. The same version gives the same
 * bytes, unless its aliases, tags or note change.
 * @throws ConflictError when its files are damaged or were removed.
 */
export async function exportModel(model: NamedModel, readModel: ReadModel): Promise<ExportedModel> {
  const artifacts = await readOrRefuse(model, readModel);
  const text = new TextEncoder();
  const bytes = await packArchive(
    {
      [MODEL_FILE]: text.encode(modelJsonOf(artifacts)),
      [WEIGHTS_FILE]: new Uint8Array(artifacts.weightData),
      [METRICS_FILE]: text.encode(`${JSON.stringify(modelRecord(model, artifacts), null, 2)}\n`),
      [CARD_FILE]: text.encode(modelCard(model, artifacts)),
    },
    // Trained weights hardly compress.
    [WEIGHTS_FILE],
  );
  return { name: `tegaki-${model.name}-${model.version}.zip`, bytes };
}

async function readOrRefuse(model: NamedModel, readModel: ReadModel) {
  const { version, state } = model;
  if (state === "deleted") {
    throw new ConflictError(`The files of version ${version} were removed, so it can no longer be used`, {
      says: saying("deletedVersion", { version }),
    });
  }
  try {
    return await readModel(model);
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    const reason = messageOf(error);
    throw new ConflictError(`Cannot export version ${version}: ${reason}`, {
      cause: error,
      says: saying("damagedExport", { version, reason }),
    });
  }
}
