import { createHash } from "node:crypto";
import type { EpochRecord } from "../../domain/runs/training-progress.ts";

/** The state of a training run between two epochs. Resumed from it, a run is bit-identical to an uninterrupted one. */
export interface TrainingState {
  /** One entry per finished epoch. Random streams start over with each epoch, so their number is all that is needed. */
  history: EpochRecord[];
  /** All weights of the model, as `weightsOf` returns them. */
  weights: Float32Array;
  /** The optimiser's state, one array per trained weight tensor. */
  squares: Float32Array[];
  /** The best epoch so far, and its weights. Null before the first has ended. */
  best: { epoch: number; weights: Float32Array } | null;
}

/** Stores the newest state of one training run. */
export interface Checkpoint {
  /** A state is written after the first epoch that ends at least this long after the last write. */
  readonly minSeconds: number;
  /** Null when there is none yet. */
  read(): Promise<Uint8Array | null>;
  /** Replaces the previous state atomically. */
  write(bytes: Uint8Array): Promise<void>;
  remove(): Promise<void>;
}

/** Finds a training run's checkpoint by a key over all that decides its result: sha256, lower-case hex. */
export interface Checkpoints {
  of(key: string): Checkpoint;
}

const MAGIC = "tegaki checkpoint 1\n";
const HASH_BYTES = 32;

/** Magic, sha256 of what follows, length of the JSON (u32), JSON, float32 arrays; little-endian. */
export function encodeState({ history, weights, squares, best }: TrainingState): Uint8Array {
  const arrays = [weights, ...squares, ...(best === null ? [] : [best.weights])];
  const header = { history, best: best?.epoch ?? null, lengths: arrays.map(({ length }) => length) };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const body = Buffer.concat([length, json, ...arrays.map(bytesOf)]);
  return Buffer.concat([Buffer.from(MAGIC), createHash("sha256").update(body).digest(), body]);
}

/** @returns null when the bytes do not come from `encodeState`: training then starts over. */
export function decodeState(bytes: Uint8Array): TrainingState | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const start = MAGIC.length + HASH_BYTES;
  if (buffer.toString("latin1", 0, MAGIC.length) !== MAGIC) return null;
  const body = buffer.subarray(start);
  if (!createHash("sha256").update(body).digest().equals(buffer.subarray(MAGIC.length, start))) return null;
  const jsonEnd = 4 + body.readUInt32LE(0);
  const header = JSON.parse(body.toString("utf8", 4, jsonEnd));
  let offset = jsonEnd;
  const arrays = (header.lengths as number[]).map((length) => {
    offset += 4 * length;
    return new Float32Array(Uint8Array.from(body.subarray(offset - 4 * length, offset)).buffer);
  });
  const [weights, ...others] = arrays as [Float32Array, ...Float32Array[]];
  const best = header.best === null ? null : { epoch: header.best as number, weights: others.pop()! };
  return { history: header.history, weights, squares: others, best };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
