import { IMAGE_PIXELS } from "../../digits/image-format.ts";
import type { ModelArtifacts } from "../../domain/model-artifacts.ts";
import { BusyError } from "../../lib/errors.ts";
import { type LoadedModel, loadModel } from "../loaded-model.ts";
import type { Prediction } from "../prediction.ts";
import type { Predictor } from "../predictor.ts";
import { verifyModel } from "../verify.ts";
import { createIdleTurns, type IdleTurns } from "./idle-turns.ts";

/** A version to load next to the live model. */
interface ShadowModel {
  version: number;
  artifacts(): Promise<ModelArtifacts>;
}

/** Counts since the start of the server. */
export interface ShadowCounts {
  /** Drawings that the shadow models classified, unseen, after the live model. */
  scored: number;
  /** Drawings on which a shadow model and the live model differed. */
  disagreed: number;
  /** Drawings that were not classified, because the server was busy. */
  dropped: number;
  waiting: number;
  /** Milliseconds of the thread for each scored drawing, on average; null before the first. */
  msPerDrawing: number | null;
}

/** A drawing that the live model and those that score unseen have classified. */
interface ScoredLive {
  /** The live model's version. */
  modelVersion: number;
  /** Whether all of them agree. */
  isSame: boolean;
}

/** Models that classify what the live model classifies, without being seen. */
export interface Shadow {
  /** Calls the listener for each drawing that was scored as it was predicted. */
  onScored(listener: (scored: ScoredLive) => void): void;
  /** Loads these versions and frees all others. @returns the versions that cannot be loaded, with the reason. */
  use(models: readonly ShadowModel[]): Promise<Map<number, unknown>>;
  /** Waits for a prediction, and notes it; nothing is computed before the response is sent. */
  observe(pixels: Uint8Array, predicted: Promise<Prediction>): Promise<Prediction>;
  /**
   * Returns the class that each version predicts, the live one included: remembered when the shadow has scored the drawing,
   * otherwise computed in a quiet moment.
   */
  labels(pixels: Uint8Array): Promise<ReadonlyMap<number, string>>;
  counts(): ShadowCounts;
  close(): void;
}

/** The limits of a shadow. */
export interface ShadowOptions {
  /** The live model. */
  predictor: Pick<Predictor, "predict" | "current">;
  idle?: IdleTurns;
}

/** Without a request for so long, the shadow may compute: about as long as three predictions take. */
const QUIET_MS = 4;
/** Drawings that may wait; further ones are dropped. */
const MAX_QUEUE = 64;
/** Pairs of labelled drawings are scored after so long even when the server is busy. */
const MAX_WAIT_MS = 2_000;
/** Drawings whose classes are remembered until they are labelled. */
const MAX_REMEMBERED = 2_000;

type Labels = Map<number, string>;

/** Creates a shadow on tfjs's current backend, without models. */
export function createShadow({ predictor, idle }: ShadowOptions): Shadow {
  const turns = idle ?? createIdleTurns({ quietMs: QUIET_MS, maxQueue: MAX_QUEUE, maxWaitMs: MAX_WAIT_MS });
  const models = new Map<number, LoadedModel>();
  const remembered = new Map<string, Labels>();
  const counts = { scored: 0, disagreed: 0, dropped: 0 };
  const listeners = new Set<(scored: ScoredLive) => void>();
  let spentMs = 0;
  let isClosed = false;

  function remember(key: string, labels: Labels): void {
    remembered.delete(key);
    remembered.set(key, labels);
    if (remembered.size > MAX_REMEMBERED) remembered.delete(remembered.keys().next().value!);
  }

  /** Adds what the loaded models predict to `labels`. */
  function score(pixels: Uint8Array, labels: Labels): void {
    for (const [version, model] of models) {
      if (!labels.has(version)) labels.set(version, labelOf(model, pixels));
    }
  }

  function scoreLive(pixels: Uint8Array, { label, model }: Prediction): void {
    if (models.size === 0) return;
    const startedMs = performance.now();
    const key = keyOf(pixels);
    const labels = remembered.get(key) ?? new Map();
    labels.set(model.version, label);
    score(pixels, labels);
    remember(key, labels);
    counts.scored++;
    const isSame = new Set(labels.values()).size === 1;
    if (!isSame) counts.disagreed++;
    for (const listener of listeners) listener({ modelVersion: model.version, isSame });
    spentMs += performance.now() - startedMs;
  }

  function scoreAll(pixels: Uint8Array, labels: Labels): Promise<void> {
    return new Promise((resolve, reject) => {
      turns.addUrgent(() => {
        try {
          score(pixels, labels);
          resolve();
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  return {
    onScored: (listener) => void listeners.add(listener),
    async use(wanted) {
      const failed = new Map<number, unknown>();
      const versions = new Set(wanted.map(({ version }) => version));
      for (const [version, model] of models) {
        if (versions.has(version)) continue;
        models.delete(version);
        model.dispose();
      }
      for (const { version, artifacts } of wanted) {
        if (models.has(version)) continue;
        const model = await load(await artifacts().catch((error) => void failed.set(version, error))).catch(
          (error) => void failed.set(version, error),
        );
        if (model === undefined) continue;
        if (isClosed || models.has(version)) model.dispose();
        else models.set(version, model);
      }
      return failed;
    },
    async observe(pixels, predicted) {
      turns.begin();
      try {
        const prediction = await predicted;
        const isKept = models.size === 0 || turns.add(() => scoreLive(pixels, prediction));
        if (!isKept) counts.dropped++;
        return prediction;
      } finally {
        turns.end();
      }
    },
    async labels(pixels) {
      if (isClosed) throw new BusyError("The server is stopping. Try again once it is back");
      if (pixels.length !== IMAGE_PIXELS) {
        throw new RangeError(`Cannot predict: expected ${IMAGE_PIXELS} pixels, found ${pixels.length}`);
      }
      const labels: Labels = new Map(remembered.get(keyOf(pixels)));
      if ([...models.keys()].some((version) => !labels.has(version))) await scoreAll(pixels, labels);
      if (!labels.has(predictor.current()?.version ?? -1)) {
        const { label, model } = await predictor.predict(pixels);
        labels.set(model.version, label);
      }
      return labels;
    },
    counts: () => ({
      ...counts,
      waiting: turns.waiting(),
      msPerDrawing: counts.scored === 0 ? null : spentMs / counts.scored,
    }),
    close() {
      isClosed = true;
      turns.close();
      for (const model of models.values()) model.dispose();
      models.clear();
    },
  };
}

async function load(artifacts: ModelArtifacts | undefined): Promise<LoadedModel | undefined> {
  if (artifacts === undefined) return undefined;
  const model = loadModel(artifacts);
  try {
    verifyModel(model);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function labelOf(model: LoadedModel, pixels: Uint8Array): string {
  const { probabilities } = model.classify([pixels]);
  return model.classes[probabilities.indexOf(Math.max(...probabilities))]!;
}

/** Cryptographic, so that nobody can draw what another drawing is remembered by. */
function keyOf(pixels: Uint8Array): string {
  return new Bun.CryptoHasher("sha256").update(pixels).digest("base64");
}
